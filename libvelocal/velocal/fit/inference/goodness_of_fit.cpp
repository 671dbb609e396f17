// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/inference/goodness_of_fit.hpp"

#include <gsl/gsl_cdf.h>

#include <cmath>

#include "velocal/core/uncertain.hpp"

namespace velocal {
namespace {

/// Quantile of a gamma distribution of these cumulants, third > 0, at the normal quantile z: the cube-root
/// approximation of Wilson & Hilferty, PNAS 17 (1931) 684.
double gamma_quantile(const Chi2Cumulants& of, double z) {
  const double shape = gamma_of(of).shape;
  const double root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * std::sqrt(shape));
  return of.mean + std::sqrt(of.variance * shape) * (root * root * root - 1.0);
}

}  // namespace

GoodnessOfFit::GoodnessOfFit(double significance, std::size_t max_points)
    : normal_quantile_(gsl_cdf_ugaussian_Qinv(significance)), chi2_quantile_(max_points + 1, undefined) {
  for (std::size_t ndf = 1; ndf < chi2_quantile_.size(); ++ndf) {
    chi2_quantile_[ndf] = gsl_cdf_chisq_Qinv(significance, static_cast<double>(ndf));
  }
}

bool GoodnessOfFit::accepts(const FitProblem& problem, const FittedPoints& fit, double chi2, int ndf) const {
  if (problem.statistic.follows_chi_square()) {
    return 0.0 < chi2 && chi2 < chi2_quantile_[static_cast<std::size_t>(ndf)];
  }
  const Chi2Cumulants cumulants = problem.statistic.chi2_cumulants(problem, fit);
  if (!(cumulants.variance > 0.0) || !(cumulants.third > 0.0)) return false;
  return chi2 < gamma_quantile(cumulants, normal_quantile_);
}

double ShiftedGamma::probability_below(double value) const {
  return value > origin ? gsl_cdf_gamma_P(value - origin, shape, scale) : 0.0;
}

ShiftedGamma gamma_of(const Chi2Cumulants& cumulants) {
  const auto [mean, variance, third] = cumulants;
  const double shape = 4.0 * variance * variance * variance / (third * third);
  const double scale = third / (2.0 * variance);
  return {mean - shape * scale, shape, scale};
}

}  // namespace velocal
