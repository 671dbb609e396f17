// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/fit/curves/curve_fitter.hpp"

namespace velocal {

/// Mean, variance and third cumulant that the likelihood chi-square of a true pixel has, given the fitted mu: the sums
/// of the points' own (DevianceCumulants), less what the fit of p parameters takes: p from the mean, 2p and k^T C k
/// from the variance, 8p from the third. C is the parameters' covariance and k = sum cov(D, N)/mu dmu/dtheta: at low
/// counts chi2 varies with the fitted parameters, which removes that part of its variance. At high counts these are the
/// cumulants of the chi-square distribution with ndf degrees of freedom.
struct Chi2Cumulants {
  double mean;
  double variance;
  double third;
};

/// `flux` [n] and `gradient` [P n] of the model at the fitted parameters, `covariance` of these.
Chi2Cumulants likelihood_chi2_cumulants(const FitProblem& problem, std::span<const double> flux,
                                        std::span<const double> gradient, const ParameterCovariance& covariance);

/// Does a fit describe its points? Rejects a share `significance` of true ones.
///
/// neyman: good when 0 < chi2 < the (1 - significance) quantile of the chi-square distribution with ndf degrees of
/// freedom.
///
/// poisson: chi2 below that quantile of a gamma distribution with its cumulants.
class GoodnessOfFit {
 public:
  /// `significance` in (0, 1); serves fits of at most `max_points` points.
  GoodnessOfFit(double significance, std::size_t max_points);

  /// `fitter` has just made the fit `minimum` of `problem`.
  bool accepts(const FitProblem& problem, const CurveMinimum& minimum, const CurveFitter& fitter) const;

 private:
  double normal_quantile_;
  std::vector<double> chi2_quantile_;  ///< by degrees of freedom; NaN at 0, where nothing can be tested
};

}  // namespace velocal
