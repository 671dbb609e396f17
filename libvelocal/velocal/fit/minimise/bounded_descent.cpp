// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/minimise/bounded_descent.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "velocal/fit/minimise/minimise_others.hpp"

namespace velocal {

BoundedDescent::BoundedDescent(std::unique_ptr<Minimiser> inside, std::span<const ModelParameter> parameters,
                               std::string_view engine, std::size_t max_points)
    : inside_(std::move(inside)) {
  if (parameters.size() > 1 && std::ranges::any_of(parameters, &ModelParameter::may_vanish)) {
    at_bound_ = make_minimiser(engine, max_points, parameters.size() - 1);
  }
}

MinimiserResult BoundedDescent::minimise(const FitProblem& problem, std::span<double> parameters, Evaluation& at) {
  MinimiserResult result = inside_->minimise(problem, parameters, at);
  if (!problem.statistic.traits().bounded) return result;
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    const ModelParameter& parameter = problem.model.parameters()[k];
    if (!parameter.may_vanish || parameters[k] >= parameter.lower) continue;
    if (!result.converged && !parameter.even) return result;  // beyond the bound of an even one, none does
    const int evaluations = result.evaluations;
    result = minimise_at_bound(problem, parameters, k, at);
    result.evaluations += evaluations;
    return parameter.even ? return_inside(problem, parameters, k, result, at) : result;
  }
  return result;
}

/// A minimiser can be stranded beyond an even parameter's bound though the minimum lies inside: then chi2 falls from
/// the bound inwards.
MinimiserResult BoundedDescent::return_inside(const FitProblem& problem, std::span<double> parameters, std::size_t held,
                                              const MinimiserResult& at_bound, Evaluation& at) {
  const NormalEquations& equations = at.equations();
  const double inwards = equations.descent[held] / equations.normal[held][held];
  if (!at_bound.converged || !(inwards > 0.0)) return at_bound;
  std::array<double, max_parameters> values{};
  std::ranges::copy(parameters, values.begin());
  values[held] += inwards;
  const auto inside = std::span(values).first(parameters.size());
  MinimiserResult result = inside_->minimise(problem, inside, at);
  result.evaluations += at_bound.evaluations;
  if (result.converged) std::ranges::copy(inside, parameters.begin());
  return result;
}

MinimiserResult BoundedDescent::minimise_at_bound(const FitProblem& problem, std::span<double> parameters,
                                                  std::size_t held, Evaluation& at) {
  parameters[held] = problem.model.parameters()[held].lower;
  MinimiserResult result{true, 1};
  if (at_bound_) result = minimise_others(*at_bound_, problem, parameters, held, at);
  at.set(problem, parameters);
  return result;
}

}  // namespace velocal
