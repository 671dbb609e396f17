// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/outliers.hpp"

#include <algorithm>

#include "velocal/fit/problem/statistic.hpp"

namespace velocal {

std::size_t outliers_allowed(std::size_t points) {
  return std::clamp<std::size_t>(points / 20, 1, most_outliers);
}

std::optional<std::size_t> largest_outlier(const FitProblem& problem, std::span<const double> flux, double dispersion) {
  const double bound = outlier_bound * outlier_bound * dispersion;
  std::optional<std::size_t> found;
  double largest = bound;
  for (std::size_t i = 0; i < flux.size(); ++i) {
    const double expected = problem.scale[i] * (flux[i] + problem.background);
    const double excess = problem.observed[i] - expected;
    // A point's term is at most twice excess^2/expected: only few need its logarithm.
    if (2.0 * excess * excess <= bound * expected) continue;
    const double term = problem.statistic.term(problem, i, flux[i]);
    if (!(term > largest)) continue;
    largest = term;
    found = i;
  }
  return found;
}

}  // namespace velocal
