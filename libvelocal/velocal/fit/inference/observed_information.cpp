// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/inference/observed_information.hpp"

#include <algorithm>
#include <cmath>

namespace velocal {
namespace {

/// Step of a parameter: a small share of the uncertainty that it has alone, and of itself, should the points tell
/// nothing.
double difference_step(double parameter, double information) {
  constexpr double of_error = 1e-4;
  constexpr double of_parameter = 1e-3;
  const double step = of_error / std::sqrt(information);
  return parameter == 0.0 ? step : std::min(step, of_parameter * std::abs(parameter));
}

}  // namespace

NormalEquations::Matrix observed_information(const FitProblem& problem, std::span<const double> parameters,
                                             const NormalEquations& here, Evaluation& scratch) {
  const std::size_t count = parameters.size();
  NormalEquations::Matrix information{};
  NormalEquations::Vector moved{};
  std::ranges::copy(parameters, moved.begin());
  for (std::size_t k = 0; k < count; ++k) {
    const double step = difference_step(parameters[k], here.normal[k][k]);
    const NormalEquations& there = scratch.equations();
    for (const double direction : {1.0, -1.0}) {
      moved[k] = parameters[k] + direction * step;
      scratch.set(problem, std::span(moved).first(count));
      if (std::isfinite(there.chi2)) break;
    }
    const double moved_by = std::isfinite(there.chi2) ? moved[k] - parameters[k] : 0.0;
    for (std::size_t l = 0; l < count; ++l) {
      // The average of both halves, which differ only by the errors of the differences.
      information[std::max(k, l)][std::min(k, l)] +=
          (k == l ? 1.0 : 0.5) * (here.descent[l] - there.descent[l]) / moved_by;
    }
    moved[k] = parameters[k];
  }
  return information;
}

}  // namespace velocal
