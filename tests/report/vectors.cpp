// SPDX-License-Identifier: GPL-3.0-or-later
// Writes what the library computes of each model: the page's tests compare its own curves with it.
#include <cmath>
#include <fstream>
#include <iostream>

#include "report/model_table.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/fitted_flux.hpp"
#include "velocal/model/model_registry.hpp"

namespace {

using namespace velocal;

constexpr std::size_t cases = 24;

/// A number in 0...1 that differs from case to case and parameter to parameter.
double spread(std::size_t i, std::size_t k) {
  return std::fmod(0.37 + 0.618034 * static_cast<double>(i) + 0.41421 * static_cast<double>(k * k + k), 1.0);
}

/// A value of the parameter as a scan has it.
double value_of(std::string_view name, double share) {
  if (name == quantity::line) return 1530.0 + 40.0 * share;
  if (name == "s" || name == "s2") return 2.0 + 6.0 * share;
  if (name == "sigma") return 3.5 + 2.0 * share;
  if (name == "f") return 3e-4 + 4e-4 * share;
  if (name == "R" || name == "B") return 0.2 + share;
  return 0.01 + 0.1 * share;
}

ScanFit fit_of(const std::string& model, const Source& source, std::vector<SharedParameter> shared) {
  ScanFit fit;
  fit.settings.model = model;
  fit.settings.baseline = BaselineMode::after;
  for (const SharedParameter& parameter : shared) fit.settings.shared.push_back(parameter.name);
  fit.shared = std::move(shared);
  fit.source = photon_source(source);
  fit.background = 2e-6;
  fit.baseline.emplace();
  for (std::size_t i = 0; i < pixel_count; ++i) {
    fit.baseline->mean[i] = 1420.0 + 5.0 * spread(i, 7);
    fit.pixels.status[i] = static_cast<std::int8_t>(i < cases ? PixelStatus::good : PixelStatus::cut);
  }
  for (int threshold = 1480; threshold <= 1600; ++threshold) fit.asic.curve.threshold.push_back(threshold);
  const auto used = model_of(fit);
  for (std::size_t k = 0; k < used->parameters().size(); ++k) {
    const ModelParameter& parameter = used->parameters()[k];
    ParameterMap& map = fit.pixels.parameters.emplace_back();
    map.name = parameter.name;
    map.unit = parameter.unit;
    for (std::size_t i = 0; i < cases; ++i) map.value[i] = value_of(parameter.name, spread(i, k));
  }
  return fit;
}

Json case_of(const ScanFit& fit, std::size_t pixel) {
  Json parameters = Json::array();
  for (const ParameterMap& map : fit.pixels.parameters) parameters.push_back(map.value[pixel]);
  return {{"parameters", parameters},
          {"origin", fit.baseline->mean[pixel]},
          {"flux", fitted_flux(fit, pixel, fit.asic.curve.threshold)}};
}

Json vectors_of(const ScanFit& fit, std::string_view source) {
  ReportArrays arrays;
  Json json{{"source", source}, {"model", model_json(fit, arrays)}, {"threshold", fit.asic.curve.threshold}};
  json["arrays"] = Json::array();
  for (const PackedArray& array : arrays.pack(1)) {
    json["arrays"].push_back({{"type", array.type}, {"size", array.size}, {"text", array.text}});
  }
  for (std::size_t pixel = 0; pixel < cases; ++pixel) json["cases"].push_back(case_of(fit, pixel));
  return json;
}

SharedParameter held(const char* name, double value) {
  return {.name = name, .unit = "", .value = {value, 0.01}, .profile_value = {}, .profile_chi2 = {}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const Source lines{.name = "Fe55"};
  Source single;
  single.photon_energy_eV = 5900.0;
  single.pair_energy_eV = 3.69;
  Json all = Json::array();
  for (const std::string& model : ModelRegistry::instance().names()) {
    all.push_back(vectors_of(fit_of(model, lines, {}), "two lines"));
    if (model != "diffusion") all.push_back(vectors_of(fit_of(model, single, {}), "one line"));
  }
  all.push_back(vectors_of(fit_of("F1_0", lines, {held("w2", 0.13), held("zero", 1.5)}), "shared"));
  all.push_back(vectors_of(fit_of("diffusion", lines, {held("sigma", 4.5)}), "shared"));
  all.push_back(vectors_of(fit_of("diffusion", lines, {held("sigma", 4.5), held("zero", 1.5)}), "shared"));
  std::ofstream(argv[1]) << all.dump();
}
