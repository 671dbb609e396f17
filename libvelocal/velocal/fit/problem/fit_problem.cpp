// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/fit_problem.hpp"

#include <cmath>
#include <limits>
#include <string_view>

namespace velocal {

double threshold_step(const FitProblem& problem) {
  return (problem.threshold.back() - problem.threshold.front()) / static_cast<double>(problem.points() - 1);
}

bool resolves_widths(const FitProblem& problem, std::span<const double> parameters) {
  constexpr double smallest_width = 0.25;  // threshold steps
  const auto resolved = [&](std::string_view name) {
    const std::size_t k = problem.model.index_of(name);
    return k == problem.parameters() || !(std::abs(parameters[k]) < smallest_width * threshold_step(problem));
  };
  return resolved("s") && resolved("s2");
}

double chi2_term(const FitProblem& problem, std::size_t point, double flux) {
  const double observed = problem.observed[point];
  const double scale = problem.scale[point];
  if (problem.statistic == Statistic::neyman) {
    const double residual = (observed - flux) * scale;
    return residual * residual;
  }
  const double mu = scale * (flux + problem.background);
  if (!(flux >= problem.lowest_flux()) || (mu == 0.0 && observed > 0.0)) return std::numeric_limits<double>::infinity();
  if (observed == 0.0) return 2.0 * mu;
  // N ln(N/mu) - (N - mu) cancels where mu is near N; log1p of the relative difference keeps the digits there, and only
  // there: at mu << N it would lose those of mu.
  const double excess = (mu - observed) / observed;
  const double log_ratio = std::abs(excess) < 0.5 ? std::log1p(excess) : std::log(mu / observed);
  return 2.0 * observed * (excess - log_ratio);
}

double information(const FitProblem& problem, std::size_t point, double flux) {
  const double scale = problem.scale[point];
  if (problem.statistic == Statistic::neyman) return scale * scale;
  const double rate = flux + problem.background;
  return rate > 0.0 ? scale / rate : 0.0;
}

}  // namespace velocal
