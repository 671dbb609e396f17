// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal {

/// GSL's multifit_nlinear: Levenberg-Marquardt with analytic Jacobian, unbounded, scaled as MINPACK does (More 1978).
/// The Poisson likelihood is minimised through its deviance residuals, sign(mu - N) sqrt(term), whose squares add up
/// to it exactly; a step to mu < 0 is refused.
///
/// Converged when every parameter moves by less than 1e-10 of its size, or the scaled gradient
/// max |g_i max(|x_i|, 1)| <= 1e-9 max(chi2/2, 1); given up after 200 iterations.
class GslMinimiser final : public Minimiser {
 public:
  GslMinimiser(std::size_t max_points, std::size_t parameters);
  ~GslMinimiser() override;

  MinimiserResult minimise(const FitProblem& problem, std::span<double> parameters, Evaluation& at) override;

 private:
  struct Workspace;
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace velocal
