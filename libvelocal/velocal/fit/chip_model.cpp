// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/chip_model.hpp"

#include <algorithm>

#include "velocal/core/charge_zero.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/fit/minimise/partial_model.hpp"
#include "velocal/model/line_sum.hpp"
#include "velocal/model/model_for_source.hpp"

namespace velocal {
namespace {

/// A model of which some parameters are held, and the whole one, which lives as long.
struct HeldModel {
  std::shared_ptr<const FluxModel> whole;
  PartialModel free;
};

}  // namespace

std::shared_ptr<const FluxModel> whole_model(const FitSettings& settings, const PhotonSource& source) {
  const auto is_shared = [&](std::string_view name) { return std::ranges::count(settings.shared, name) > 0; };
  return model_for_source(settings.model, source,
                          {.share = is_shared(quantity::second_share), .zero = is_shared(quantity::charge_zero)});
}

std::shared_ptr<const FluxModel> held_model(std::shared_ptr<const FluxModel> whole,
                                            std::span<const SharedParameter> shared) {
  if (shared.empty()) return whole;
  std::array<double, max_parameters> values{};
  std::vector<std::size_t> free;
  for (std::size_t k = 0; k < whole->parameters().size(); ++k) {
    const auto found = std::ranges::find(shared, whole->parameters()[k].name, &SharedParameter::name);
    if (found == shared.end()) {
      free.push_back(k);
    } else {
      values[k] = found->value.value;
    }
  }
  const PartialModel partial(*whole, std::span(values).first(whole->parameters().size()), free,
                             PartialModel::Start::shape);
  const auto held = std::make_shared<const HeldModel>(HeldModel{std::move(whole), partial});
  return {held, &held->free};
}

std::shared_ptr<const FluxModel> model_of(const ScanFit& fit) {
  return held_model(whole_model(fit.settings, fit.source), fit.shared);
}

void flux_of_fit(const FluxModel& model, std::span<const double> parameters, double origin,
                 std::span<const double> threshold, std::span<double> flux) {
  if (!model.above_baseline()) return model.flux(parameters, threshold, flux);
  std::vector<double> own(parameters.begin(), parameters.end());
  own[model.index_of(quantity::line)] -= origin;
  std::vector<double> above(threshold.begin(), threshold.end());
  for (double& value : above) value -= origin;
  model.flux(own, above, flux);
}

}  // namespace velocal
