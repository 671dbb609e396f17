// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/start_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "velocal/core/error.hpp"
#include "velocal/fit/problem/line_shape.hpp"

namespace velocal {
namespace {

std::string names_of(const FluxModel& model) {
  std::string names;
  for (const ModelParameter& parameter : model.parameters()) {
    names += (names.empty() ? "" : ", ") + std::string(parameter.name);
  }
  return names;
}

}  // namespace

std::vector<double> start_values(const NamedValues& values, const FluxModel& model) {
  const auto fail = [&](std::string_view problem) {
    throw UsageError(problem, fmt::format("the parameters of {} are {}", model.name(), names_of(model)),
                     "Name start values for these in the descriptor, or set start: auto");
  };
  for (auto value = values.begin(); value != values.end(); ++value) {
    const auto same = [&](const auto& other) { return other.first == value->first; };
    if (std::any_of(values.begin(), value, same)) fail(fmt::format("two start values for {}", value->first));
  }
  std::vector<double> start;
  for (const ModelParameter& parameter : model.parameters()) {
    const auto found = std::ranges::find(values, parameter.name, [](const auto& value) { return value.first; });
    if (found == values.end()) {
      fail(fmt::format("no start value for {} of model {}", parameter.name, model.name()));
    } else {
      start.push_back(found->second);
    }
  }
  for (const auto& [name, value] : values) {
    if (model.index_of(name) == model.parameters().size()) {
      fail(fmt::format("start value for {}, which model {} does not have", name, model.name()));
    }
  }
  return start;
}

void set_start(const FitProblem& problem, std::span<const double> start, std::span<double> parameters) {
  if (start.empty())
    problem.model.start_values(estimate_line_shape(problem), parameters);
  else
    std::ranges::copy(start, parameters.begin());
}

}  // namespace velocal
