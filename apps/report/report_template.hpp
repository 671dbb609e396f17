// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace velocal {

/// The built page, in which a report's data are still to be put.
std::string_view report_template();

}  // namespace velocal
