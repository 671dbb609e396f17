// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>

#include "velocal/core/simd_level.hpp"
#include "velocal/fit/fit_problem.hpp"

namespace velocal {

/// The function to be minimised and its quadratic approximation at one point of the parameter space. A point of the
/// curve whose scale is 0 counts for nothing.
struct NormalEquations {
  using Vector = std::array<double, max_parameters>;
  double chi2;     ///< neyman: as it is; poisson: less the sum of 2 (N ln N - N), which no parameter changes
  Vector descent;  ///< J^T W r
  std::array<Vector, max_parameters> normal;  ///< J^T W J, lower triangle
};

/// Sum of 2 (N ln N - N) over the points, 0 for neyman: what NormalEquations::chi2 lacks.
double chi2_constant(const FitProblem& problem);

/// At the given flux and gradient (gradient[k * n + i]) of the model. chi2 is NaN where mu <= 0 is met.
void set_normal_equations(const FitProblem& problem, std::span<const double> flux, std::span<const double> gradient,
                          SimdLevel level, NormalEquations& equations);

}  // namespace velocal
