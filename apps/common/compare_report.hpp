// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/report.hpp"
#include "velocal/calibration/systematics.hpp"

namespace velocal {

/// The gains of all datasets, the reference first, their differences, and the distance to the design.
Report compare_report(std::string_view title, const std::vector<std::string>& datasets, const Systematics& systematics);

}  // namespace velocal
