// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>

#include "velocal/fit/problem/statistic.hpp"

namespace velocal {

/// Makes a Statistic of a type with these members, all static; see Statistic for what each gives:
///   constexpr std::string_view name;  constexpr StatisticTraits traits;
///   select(curve, points),
///   rate(problem, i), term(problem, i, flux), information(problem, i, flux), residual(problem, i, flux),
///   flux_error(counts, live_time_s, fitted).
/// A type has these where it differs:
///   deviation(problem, i, flux): information * deviation is minus half the slope of the term by the flux; else the
///     deviation is rate - flux;
///   lowest_flux(background), behind_barrier(problem, i): else any flux is allowed;
///   chi2_cumulants(problem, fit): else chi2 follows the chi-square distribution.
/// One of AllStatistics also has weigh(), and margin() where it has a lowest flux, for the kernels (neyman.hpp,
/// poisson.hpp).
template <class Type>
class StatisticOf : public Statistic {
 public:
  std::string_view name() const final { return Type::name; }
  StatisticTraits traits() const final { return Type::traits; }
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
  double lowest_flux(double background) const final {
    if constexpr (has_lowest_flux) return Type::lowest_flux(background);
    return -std::numeric_limits<double>::infinity();
  }
  double behind_barrier(const FitProblem& problem, std::size_t point) const final {
    if constexpr (has_lowest_flux) return Type::behind_barrier(problem, point);
    return problem.observed[point];
  }
  bool follows_chi_square() const final { return !has_cumulants; }
  Chi2Cumulants chi2_cumulants(const FitProblem& problem, const FittedPoints& fit) const final {
    if constexpr (has_cumulants) return Type::chi2_cumulants(problem, fit);
    return chi_square_cumulants(static_cast<double>(problem.points()) - static_cast<double>(problem.parameters()));
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
      const double residual = deviation(problem, i, flux[i]);
      for (std::size_t k = 0; k < problem.parameters(); ++k) {
        const double slope = weight * gradient[k * n + i];
        equations.descent[k] += slope * residual;
        for (std::size_t l = 0; l <= k; ++l) equations.normal[k][l] += slope * gradient[l * n + i];
      }
    }
  }

 private:
  static constexpr bool has_lowest_flux = requires { Type::lowest_flux(0.0); };
  static constexpr bool has_cumulants = requires(const FitProblem& p, const FittedPoints& f) {
    Type::chi2_cumulants(p, f);
  };

  static double deviation(const FitProblem& problem, std::size_t point, double flux) {
    if constexpr (requires { Type::deviation(problem, point, flux); }) return Type::deviation(problem, point, flux);
    return Type::rate(problem, point) - flux;
  }
};

}  // namespace velocal
