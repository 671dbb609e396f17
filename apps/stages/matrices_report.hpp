// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "shell/report.hpp"
#include "stages/truth_comparison.hpp"
#include "velocal/calibration/calibration.hpp"
#include "velocal/calibration/distance_gain.hpp"

namespace velocal {

/// Target and gain: means over pixels, ASIC, ASICgood, where it was fitted that from the distance of the lines; after a
/// simulation also how far they are from the truth.
Report matrices_report(std::string_view title, const Calibration& calibration,
                       const std::optional<TruthComparison>& truth, const std::optional<DistanceGain>& distance = {});

}  // namespace velocal
