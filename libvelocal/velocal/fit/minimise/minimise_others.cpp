// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/minimise/minimise_others.hpp"

#include <algorithm>
#include <array>

#include "velocal/fit/minimise/partial_model.hpp"

namespace velocal {

MinimiserResult minimise_others(Minimiser& minimiser, const FitProblem& problem, std::span<double> parameters,
                                std::size_t held, Evaluation& at) {
  std::array<std::size_t, max_parameters> indices{};
  std::array<double, max_parameters> values{};
  std::size_t count = 0;
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    if (k == held) continue;
    indices[count] = k;
    values[count++] = parameters[k];
  }
  const auto others = std::span(values).first(count);
  const PartialModel model(problem.model, parameters, std::span(indices).first(count));
  const FitProblem partial{model,         problem.statistic, problem.threshold, problem.observed,
                           problem.scale, problem.background};
  const MinimiserResult result = minimiser.minimise(partial, others, at);
  std::copy_n(model.all(others).begin(), parameters.size(), parameters.begin());
  return result;
}

}  // namespace velocal
