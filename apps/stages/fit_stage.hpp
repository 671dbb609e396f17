// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// velocal-fit: flux.h5 becomes fit.h5.
Step plan_fit(const Session& session, const ScanSettings& scan);
Report run_fit(const Session& session, const ScanSettings& scan);

}  // namespace velocal
