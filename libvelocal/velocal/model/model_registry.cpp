// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/model_registry.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/model/all_formulas.hpp"
#include "velocal/model/diffusion.hpp"
#include "velocal/model/photon_source.hpp"
#include "velocal/model/vector_formula_model.hpp"

namespace velocal {

ModelRegistry& ModelRegistry::instance() {
  static ModelRegistry registry;
  return registry;
}

ModelRegistry::ModelRegistry() {
  const auto add_all = [this]<std::size_t... index>(std::index_sequence<index...>) {
    (add(std::make_unique<VectorFormulaModel<std::tuple_element_t<index, AllFormulas>>>(index)), ...);
  };
  add_all(std::make_index_sequence<formula_count>());
  const PhotonSource source = photon_source({});
  add(std::make_unique<DiffusionModel>(source.lines, source.sensor));
}

void ModelRegistry::add(std::unique_ptr<const FluxModel> model) {
  if (!model) throw UsageError("there is no model to add", "the pointer is null", "Make it with std::make_unique");
  require_valid(*model);
  std::string name(model->name());
  if (models_.contains(name)) {
    throw UsageError(fmt::format("there is a flux model {} already", name), "names are unique", "Give it another name");
  }
  const std::size_t parameters = model->parameters().size();
  const bool has_line = model->index_of(quantity::line) < parameters;
  if (model->amplitude_index() == parameters || !has_line) {
    throw UsageError(fmt::format("flux model {} cannot be added", name), "a model has parameters A and E0",
                     "Name its amplitude A, or mark it as linear, and the position of its line E0");
  }
  models_.emplace(std::move(name), std::move(model));
}

const FluxModel& ModelRegistry::get(std::string_view name) const {
  const auto found = models_.find(name);
  if (found == models_.end()) {
    throw UsageError(fmt::format("there is no flux model \"{}\"", name),
                     fmt::format("there are {}", fmt::join(names(), ", ")),
                     "Take one of these, or add yours to ModelRegistry first");
  }
  return *found->second;
}

std::vector<std::string> ModelRegistry::names() const {
  std::vector<std::string> names;
  for (const auto& [name, model] : models_) names.push_back(name);
  return names;
}

std::map<std::string, std::vector<std::string>> ModelRegistry::parameter_names() const {
  std::map<std::string, std::vector<std::string>> all;
  for (const auto& [name, model] : models_) {
    for (const ModelParameter& parameter : model->parameters()) all[name].emplace_back(parameter.name);
  }
  return all;
}

}  // namespace velocal
