// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "velocal/fit/problem/evaluation.hpp"
#include "velocal/fit/problem/parameter_matrix.hpp"

namespace velocal {

/// First-order bias of the maximum-likelihood estimates at few counts (Cox & Snell, J. R. Stat. Soc. B 30 (1968) 248),
/// for Poisson counts (StatisticTraits::bias_corrected): b = -1/2 C sum_i (dmu_i/dtheta / mu_i) tr(C d2mu_i/dtheta2),
/// with C the inverse of the expected information. The second derivatives are differences over a tenth of the standard
/// deviations.
class LikelihoodBias {
 public:
  /// Serves problems of at most `most_points` points with models of at most `most_parameters` parameters.
  LikelihoodBias(std::size_t most_points, std::size_t most_parameters);

  /// `at`: evaluated at the parameters; `covariance`: C there.
  ParameterVector operator()(const FitProblem& problem, std::span<const double> parameters, const Evaluation& at,
                             const ParameterCovariance& covariance);

  /// What the estimation of the parameters in `free` leaves, on average, of the log-likelihood's derivatives by all
  /// parameters at their true values: -1/2 sum_i (dmu_i/dtheta / mu_i) tr(C d2mu_i/dtheta2). C [free, free] is the
  /// covariance of those in `free`, the others being held. The mean derivatives of what is left when those in `free`
  /// are eliminated follow from it as the normal equations do.
  ParameterVector expected_score(const FitProblem& problem, std::span<const double> parameters, const Evaluation& at,
                                 std::span<const std::size_t> free, const ParameterCovariance& covariance);

  /// Sets shift[i] [hits/s], by which the flux of a fit lies above that of the truth in the mean over many fits, to the
  /// same order: (dF_i/dtheta) b + tr(C d2F_i/dtheta2)/2. With the bias b that the call before gave, at the same point.
  void flux_shift(const ParameterVector& bias, const Evaluation& at, std::span<double> shift) const;

 private:
  void add_curvature_along(const ParameterVector& move, const FitProblem& problem, std::span<const double> parameters,
                           const Evaluation& at);

  std::vector<double> curvature_;  ///< tr(C d2F/dtheta2) at each point
  std::vector<double> weighted_;   ///< the same times the information
  Evaluation moved_;
};

}  // namespace velocal
