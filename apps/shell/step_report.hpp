// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// What --dry-run says of a scan.
Report step_report(std::string_view title, const Step& step, bool force);

}  // namespace velocal
