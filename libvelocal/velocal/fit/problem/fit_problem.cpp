// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/fit_problem.hpp"

#include <cmath>
#include <string_view>

namespace velocal {

double threshold_step(const FitProblem& problem) {
  return (problem.threshold.back() - problem.threshold.front()) / static_cast<double>(problem.points() - 1);
}

bool resolves_widths(const FitProblem& problem, std::span<const double> parameters) {
  constexpr double smallest_width = 0.25;  // threshold steps
  const auto resolved = [&](std::string_view name) {
    const std::size_t k = problem.model.index_of(name);
    return k == problem.parameters() || problem.model.parameters()[k].even ||
           !(std::abs(parameters[k]) < smallest_width * threshold_step(problem));
  };
  return resolved("s") && resolved("s2");
}

}  // namespace velocal
