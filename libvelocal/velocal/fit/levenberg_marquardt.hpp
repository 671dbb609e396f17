// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/fit/minimiser.hpp"
#include "velocal/fit/normal_equations.hpp"

namespace velocal {

/// Levenberg-Marquardt for many small problems: value, gradient and normal equations in one pass over the points, all
/// memory allocated in the constructor. Damping after Nielsen (IMM-REP-1999-05, Technical University of Denmark).
///
/// Both statistics are least squares with weights: fixed ones (neyman), or 1/mu renewed in each pass (poisson), which
/// converges to the maximum of the likelihood (Dembinski et al., arXiv:1807.07911). A step that does not lower chi2, or
/// makes mu negative, is refused.
///
/// Converged when the quadratic approximation expects chi2 to fall by less than 1e-9: the parameters then stand within
/// 3e-5 of their uncertainties from the minimum, and the last step is still taken. Given up after 200 evaluations.
class LevenbergMarquardt final : public Minimiser {
 public:
  LevenbergMarquardt(std::size_t max_points, std::size_t parameters);

  MinimiserResult minimise(const FitProblem& problem, std::span<double> parameters) override;

 private:
  void evaluate(const FitProblem& problem, std::span<const double> parameters, NormalEquations& at);

  std::size_t parameters_;
  SimdLevel level_ = simd_level();
  std::vector<double> flux_;
  std::vector<double> gradient_;
};

}  // namespace velocal
