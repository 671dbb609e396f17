// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "shell/report.hpp"
#include "velocal/calibration/threshold_recipe.hpp"

namespace velocal {

/// The global threshold, how the pixels' charges scatter there, and what other trims would make of it.
Report recipe_report(std::string_view title, const ThresholdRecipe& recipe);

}  // namespace velocal
