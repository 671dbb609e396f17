// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/fit/problem/statistic.hpp"

namespace velocal {

/// Makes a Statistic of a type with these members, all static; see Statistic for what each gives:
///   constexpr std::string_view name;  constexpr bool is_likelihood;
///   first_threshold(live_time_s), select(curve, points),
///   rate(problem, i), term(problem, i, flux), information(problem, i, flux), residual(problem, i, flux),
///   chi2_cumulants(problem, fit), flux_error(counts, live_time_s, fitted).
/// The engine `fast` takes information * (rate - flux) for minus half the slope of chi2 by the flux; a statistic where
/// that is not so is for the engine `gsl`. One of AllStatistics also has weigh(), and a likelihood margin(), for the
/// kernels (neyman.hpp, poisson.hpp).
template <class Type>
class StatisticOf : public Statistic {
 public:
  std::string_view name() const final { return Type::name; }
  bool is_likelihood() const final { return Type::is_likelihood; }
  std::size_t first_threshold(std::span<const double> live_time_s) const final {
    return Type::first_threshold(live_time_s);
  }
  StatusReason select(const CurveCounts& curve, SelectedPoints& points) const final {
    return Type::select(curve, points);
  }
  double rate(const FitProblem& problem, std::size_t point) const final { return Type::rate(problem, point); }
  double term(const FitProblem& problem, std::size_t point, double flux) const final {
    return Type::term(problem, point, flux);
  }
  double information(const FitProblem& problem, std::size_t point, double flux) const final {
    return Type::information(problem, point, flux);
  }
  Residual residual(const FitProblem& problem, std::size_t point, double flux) const final {
    return Type::residual(problem, point, flux);
  }
  Chi2Cumulants chi2_cumulants(const FitProblem& problem, const FittedPoints& fit) const final {
    return Type::chi2_cumulants(problem, fit);
  }
  double flux_error(double counts, double live_time_s, double fitted) const final {
    return Type::flux_error(counts, live_time_s, fitted);
  }

  /// Point by point; those of ours have kernels for each SIMD level.
  void set_normal_equations(const FitProblem& problem, std::span<const double> flux, std::span<const double> gradient,
                            NormalEquations& equations, SimdLevel) const override {
    const std::size_t n = problem.points();
    equations = {};
    for (std::size_t i = 0; i < n; ++i) {
      equations.chi2 += Type::term(problem, i, flux[i]);
      const double weight = Type::information(problem, i, flux[i]);
      const double residual = Type::rate(problem, i) - flux[i];
      for (std::size_t k = 0; k < problem.parameters(); ++k) {
        const double slope = weight * gradient[k * n + i];
        equations.descent[k] += slope * residual;
        for (std::size_t l = 0; l <= k; ++l) equations.normal[k][l] += slope * gradient[l * n + i];
      }
    }
  }
};

}  // namespace velocal
