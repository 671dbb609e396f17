// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "shell/report.hpp"
#include "velocal/noise/measured_baseline.hpp"

namespace velocal {

/// Noise of each scan, trims and masked pixels by reason, and how far the control scan is off.
Report baseline_report(std::string_view title, const MeasuredBaseline& baseline);

}  // namespace velocal
