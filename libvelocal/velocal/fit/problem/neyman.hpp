// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/fit/problem/statistic.hpp"
#include "velocal/fit/problem/weighted_points.hpp"

namespace velocal {

/// Weighted least squares with the errors sqrt(N)/L: the sum of ((observed - F) scale)^2, observed = N/L the flux, and
/// scale = L/sqrt(N) the inverse of its error. What the analysis does that velocal replaces.
struct Neyman {
  static constexpr std::string_view name = "neyman";
  static constexpr StatisticTraits traits{};

  /// From the first count to the last; a zero between them has no finite residual.
  static StatusReason select(const CurveCounts& curve, SelectedPoints& points);

  static double rate(const FitProblem& problem, std::size_t point);
  static double term(const FitProblem& problem, std::size_t point, double flux);
  static double information(const FitProblem& problem, std::size_t point, double flux);
  static Residual residual(const FitProblem& problem, std::size_t point, double flux);
  template <class Real>
  static WeightedPoints<Real> weigh(Real observed, Real scale, Real flux, double) {
    const Real residual = observed - flux;
    const Real weight = scale * scale;
    const Real pull = weight * residual;
    return {pull * residual, weight, pull};
  }

  static double flux_error(double counts, double live_time_s, double fitted);
};

}  // namespace velocal
