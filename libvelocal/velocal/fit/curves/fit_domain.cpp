// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/fit_domain.hpp"

#include "velocal/core/quantity.hpp"
#include "velocal/fit/problem/statistic.hpp"

namespace velocal {

bool in_domain(const FitProblem& problem, std::span<const double> parameters, double scan_begin, double scan_end) {
  const auto domain = problem.model.parameters();
  for (std::size_t k = 0; k < domain.size(); ++k) {
    const bool vanished =
        problem.statistic.traits().bounded && domain[k].may_vanish && parameters[k] == domain[k].lower;
    if (!vanished && !domain[k].contains(parameters[k])) return false;
  }
  const std::size_t line = problem.model.index_of(quantity::line);
  return line == domain.size() || (scan_begin <= parameters[line] && parameters[line] <= scan_end);
}

bool in_domain(const FitProblem& problem, std::span<const double> parameters) {
  return in_domain(problem, parameters, problem.threshold.front(), problem.threshold.back());
}

bool determines_line(double error, double range) {
  constexpr double largest_share = 0.15;
  return error < largest_share * range;
}

}  // namespace velocal
