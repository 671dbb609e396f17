// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/inference/goodness_of_fit.hpp"

#include <gsl/gsl_cdf.h>

#include <cmath>

#include "velocal/core/uncertain.hpp"
#include "velocal/fit/inference/deviance_moments.hpp"

namespace velocal {
namespace {

/// Quantile of a distribution of the given mean, variance and third central moment > 0 at the normal quantile z: a
/// gamma distribution, by the cube-root approximation of Wilson & Hilferty, PNAS 17 (1931) 684.
double gamma_quantile(double mean, double variance, double third, double z) {
  const double shape = 4.0 * variance * variance * variance / (third * third);
  const double root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * std::sqrt(shape));
  return mean + std::sqrt(variance * shape) * (root * root * root - 1.0);
}

}  // namespace

GoodnessOfFit::GoodnessOfFit(double significance, std::size_t max_points)
    : normal_quantile_(gsl_cdf_ugaussian_Qinv(significance)), chi2_quantile_(max_points + 1, undefined) {
  for (std::size_t ndf = 1; ndf < chi2_quantile_.size(); ++ndf) {
    chi2_quantile_[ndf] = gsl_cdf_chisq_Qinv(significance, static_cast<double>(ndf));
  }
}

bool GoodnessOfFit::accepts(const FitProblem& problem, const CurveMinimum& minimum, const CurveFitter& fitter) const {
  if (problem.statistic == Statistic::neyman) {
    return 0.0 < minimum.chi2 && minimum.chi2 < chi2_quantile_[static_cast<std::size_t>(minimum.ndf)];
  }
  const auto [mean, variance, third] =
      likelihood_chi2_cumulants(problem, fitter.flux(), fitter.gradient(), fitter.covariance());
  if (!(variance > 0.0) || !(third > 0.0)) return false;
  return minimum.chi2 < gamma_quantile(mean, variance, third, normal_quantile_);
}

Chi2Cumulants likelihood_chi2_cumulants(const FitProblem& problem, std::span<const double> flux,
                                        std::span<const double> gradient, const ParameterCovariance& covariance) {
  const DevianceTable& table = DevianceTable::instance();
  const std::size_t n = problem.points();
  const std::size_t p = problem.parameters();
  ParameterVector k = ParameterVector::Zero(static_cast<Eigen::Index>(p));
  DevianceCumulants sum{};
  for (std::size_t i = 0; i < n; ++i) {
    const double rate = flux[i] + problem.background;
    const DevianceCumulants at = table.at(problem.scale[i] * rate);
    sum.mean += at.mean;
    sum.variance += at.variance;
    sum.third += at.third;
    if (at.covariance_with_count == 0.0) continue;
    const double weight = at.covariance_with_count / rate;
    for (std::size_t j = 0; j < p; ++j) k[static_cast<Eigen::Index>(j)] += weight * gradient[j * n + i];
  }
  const auto parameters = static_cast<double>(p);
  return {sum.mean - parameters, sum.variance - 2.0 * parameters - k.dot(covariance * k), sum.third - 8.0 * parameters};
}

}  // namespace velocal
