// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/flux_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"

namespace velocal {
namespace {

/// Names stand in files, as columns and as arguments.
bool is_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && std::ranges::none_of(name, [](char c) {
    const auto code = static_cast<unsigned char>(c);
    return code <= 0x20 || code == 0x7F || std::string_view("/\\,\"'").find(c) != std::string_view::npos;
  });
}

/// What keeps the parameter at that place from being one; empty when nothing does.
std::string problem_of_parameter(std::span<const ModelParameter> parameters, std::size_t k) {
  const ModelParameter& parameter = parameters[k];
  if (!is_name(parameter.name)) return fmt::format("the name {:?} of a parameter is no name", parameter.name);
  if (std::ranges::count(parameters, parameter.name, &ModelParameter::name) > 1) {
    return fmt::format("there are two parameters {}", parameter.name);
  }
  if (!(parameter.lower < parameter.upper)) {
    return fmt::format("the bounds of {} are {} and {}", parameter.name, parameter.lower, parameter.upper);
  }
  if (parameter.may_vanish && !std::isfinite(parameter.lower)) {
    return fmt::format("{} may vanish at {}", parameter.name, parameter.lower);
  }
  return {};
}

std::string problem_of(const FluxModel& model) {
  const auto parameters = model.parameters();
  if (!is_name(model.name())) return fmt::format("{:?} is no name", model.name());
  if (parameters.empty() || parameters.size() > max_parameters) {
    return fmt::format("it has {} parameters, and fits take 1 to {}", parameters.size(), max_parameters);
  }
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    if (const std::string problem = problem_of_parameter(parameters, k); !problem.empty()) return problem;
  }
  const auto profiled = std::ranges::count(parameters, true, &ModelParameter::profiled);
  if (profiled > 1) return fmt::format("{} parameters are profiled, and fits take one", profiled);
  if (profiled == 1 && parameters.size() == 1) return "its only parameter is profiled";
  return {};
}

}  // namespace

void require_valid(const FluxModel& model) {
  const std::string problem = problem_of(model);
  if (problem.empty()) return;
  throw UsageError(fmt::format("flux model {} cannot be fitted", model.name()), problem,
                   "Correct its name() or parameters()");
}

std::size_t FluxModel::index_of(std::string_view parameter) const {
  const auto all = parameters();
  const auto found = std::ranges::find(all, parameter, &ModelParameter::name);
  return static_cast<std::size_t>(found - all.begin());
}

std::size_t FluxModel::amplitude_index() const {
  const auto all = parameters();
  const std::size_t named = index_of(quantity::amplitude);
  if (named < all.size()) return named;
  return static_cast<std::size_t>(std::ranges::find_if(all, &ModelParameter::linear) - all.begin());
}

}  // namespace velocal
