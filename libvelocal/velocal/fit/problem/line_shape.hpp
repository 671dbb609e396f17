// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/fit/problem/fit_problem.hpp"

namespace velocal {

/// Shape of a curve from its own points, good enough to start a fit from: plateau by a straight line far below the
/// photon line, line and width from the areas above. Always within every model's domain; what the points do not tell (a
/// scan that ends before the line, a handful of hits) gets the value of a typical scan. Needs at least one point;
/// thresholds ascend.
LineShape estimate_line_shape(const FitProblem& problem);

}  // namespace velocal
