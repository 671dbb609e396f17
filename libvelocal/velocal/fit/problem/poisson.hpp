// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/fit/problem/statistic.hpp"
#include "velocal/fit/problem/weighted_points.hpp"

namespace velocal {

/// The likelihood chi-square of Baker & Cousins, NIM 221 (1984) 437, eq. 4: the sum of 2 [mu - N + N ln(N/mu)], 2 mu at
/// N = 0, with observed = N counts, scale = live time L and mu = L (F + background). The weight is that of the expected
/// (Fisher) information, L^2/mu.
struct Poisson {
  static constexpr std::string_view name = "poisson";
  static constexpr StatisticTraits traits{.background = true, .bounded = true, .bias_corrected = true};

  /// All thresholds, with or without hits, as long as there is one hit.
  static StatusReason select(const CurveCounts& curve, SelectedPoints& points);

  static double rate(const FitProblem& problem, std::size_t point);
  static double term(const FitProblem& problem, std::size_t point, double flux);
  static double information(const FitProblem& problem, std::size_t point, double flux);
  /// The deviance residual, sign(mu - N) sqrt(term).
  static Residual residual(const FitProblem& problem, std::size_t point, double flux);
  /// Smallest numbers stand in where a division or a logarithm would be by or of 0: where mu is 0, and at N = 0, where
  /// the product with N is 0 all the same.
  template <class Real>
  static WeightedPoints<Real> weigh(Real counts, Real live_time, Real flux, double background) {
    constexpr double tiny = 1e-280;
    const Real mu = live_time * (flux + background);
    const Real inverse = Real(1.0) / larger(mu, Real(tiny));
    Real term = mu - counts;
    if (!all_below(counts, tiny)) term += counts * log(larger(counts * inverse, Real(tiny)));
    const Real slope = live_time * inverse;
    return {term * 2.0, live_time * slope, (counts - mu) * slope};
  }
  /// mu may be 0 only without background. With one, a billionth of it must be left: a model whose terms cancel to less
  /// is rounding errors there, and its weight 1/mu would be made of them.
  static constexpr double lowest_flux(double background) { return -(1.0 - 1e-9) * background; }
  /// Half of the background's counts stand for none: towards the lowest flux chi2 then grows without end.
  static double behind_barrier(const FitProblem& problem, std::size_t point);
  /// > 0 where the flux is allowed: above the lowest, or the lowest where nothing was counted.
  template <class Real>
  static Real margin(Real counts, Real flux, double lowest_flux) {
    return flux - lowest_flux + larger(Real(0.0), Real(1e-300) - counts);
  }

  /// The sums of the points' own (DevianceCumulants), less what the fit of P parameters takes: P from the mean, 2P and
  /// k^T C k from the variance, 8P from the third. C is the parameters' covariance and k = sum cov(D, N)/mu dmu/dtheta:
  /// at low counts chi2 varies with the fitted parameters, which removes that part of its variance. At high counts
  /// these are the cumulants of the chi-square distribution with n - P degrees of freedom.
  static Chi2Cumulants chi2_cumulants(const FitProblem& problem, const FittedPoints& fit);
  static double flux_error(double counts, double live_time_s, double fitted);
};

}  // namespace velocal
