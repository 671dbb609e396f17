// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/fit/curve_fitter.hpp"

namespace velocal {

/// Does a fit describe its points? Rejects a share `significance` of true ones.
///
/// neyman: good when 0 < chi2 < the (1 - significance) quantile of the chi-square distribution with ndf degrees of
/// freedom.
///
/// poisson: the likelihood chi-square is compared with the distribution that it has given the fitted mu, approximated
/// by a gamma distribution with the sum of the points' first three cumulants (DevianceCumulants), less what the fit of
/// p parameters takes: p from the mean, 2p and k^T C k from the variance, 8p from the third cumulant. C is the
/// parameters' covariance and k = sum cov(D, N)/mu dmu/dtheta: at low counts chi2 varies with the fitted parameters,
/// which removes that part of its variance. At high counts all this is the chi-square test with ndf degrees of freedom.
class GoodnessOfFit {
 public:
  /// `significance` in (0, 1); serves fits of at most `max_points` points.
  GoodnessOfFit(double significance, std::size_t max_points);

  /// `fitter` has just made the fit `minimum` of `problem`.
  bool accepts(const FitProblem& problem, const CurveMinimum& minimum, const CurveFitter& fitter) const;

 private:
  double largest_likelihood_chi2(const FitProblem& problem, const CurveFitter& fitter) const;

  double normal_quantile_;
  std::vector<double> chi2_quantile_;  ///< by degrees of freedom; NaN at 0, where nothing can be tested
};

}  // namespace velocal
