// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>

#include "velocal/core/simd_level.hpp"
#include "velocal/fit/problem/fit_problem.hpp"

namespace velocal {

/// The function to be minimised and its quadratic approximation at one point of the parameter space. A point of the
/// curve whose scale is 0 counts for nothing.
struct NormalEquations {
  using Vector = std::array<double, max_parameters>;
  using Matrix = std::array<Vector, max_parameters>;  ///< symmetric; of the lower triangle
  double chi2;
  Vector descent;  ///< J^T W r
  Matrix normal;   ///< J^T W J
};

/// At the given flux and gradient (gradient[k * n + i]) of the model. chi2 is not finite where a flux is forbidden:
/// below FitProblem::lowest_flux(), or such that mu is 0 where there are counts.
void set_normal_equations(const FitProblem& problem, std::span<const double> flux, std::span<const double> gradient,
                          NormalEquations& equations, SimdLevel level = simd_level());

/// At the given parameters: one evaluation. `flux` [n] and `gradient` [P n] of the model: out.
void evaluate(const FitProblem& problem, std::span<const double> parameters, std::span<double> flux,
              std::span<double> gradient, NormalEquations& equations);

}  // namespace velocal
