// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/read_dataset.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "velocal/core/charge_zero.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/descriptor/extends.hpp"
#include "velocal/descriptor/read_overrides.hpp"
#include "velocal/descriptor/read_scan.hpp"
#include "velocal/descriptor/read_settings.hpp"
#include "velocal/descriptor/read_source.hpp"
#include "velocal/descriptor/setting_tables.hpp"

namespace velocal {
namespace {

/// What is in the folder of the results beside those of the datasets.
constexpr std::array<std::string_view, 5> names_in_results{"plots", "results_collection.csv", "detector.h5",
                                                           "detector.csv", "report.html"};

std::string read_asic(const Field& field) {
  std::string asic = field.folder_name();
  require_chip_name(field, asic);
  return asic;
}

std::vector<std::string_view> fit_keys() {
  std::vector<std::string_view> keys;
  add_keys(keys, fit_settings_table());
  return keys;
}

/// Names of the model's parameters, in order. A model that the descriptor names was checked as it was read; the default
/// may be unknown all the same.
const std::vector<std::string>& parameters_of(const std::string& model, const YamlNode& root,
                                              const ModelParameters& models) {
  const auto found = models.find(model);
  if (found != models.end()) return found->second;
  std::vector<std::string_view> names;
  for (const auto& [name, parameters] : models) names.push_back(name);
  fail_at(root.place, "fit.model",
          fmt::format("must be one of {}, got nothing (the default is {})", fmt::join(names, ", "), model));
}

/// The shared parameters are the model's, and one is left to each pixel.
void require_shared(const Section& section, const FitSettings& fit, const std::vector<std::string>& parameters) {
  if (fit.shared.empty()) return;
  const Field shared = Section(*section.find("fit"), fit_keys()).get("shared");
  const auto is_parameter = [&](const std::string& name) { return std::ranges::count(parameters, name) > 0; };
  for (const std::string& name : fit.shared) {
    if (is_parameter(name) || name == quantity::second_share || name == quantity::charge_zero) continue;
    shared.reject(
        fmt::format("a list of parameters of the model {} ({}), w2 or zero", fit.model, fmt::join(parameters, ", ")));
  }
  if (std::ranges::count_if(fit.shared, is_parameter) == std::ssize(parameters)) {
    shared.fail("must leave one or more to each pixel");
  }
}

NoiseSettings read_noise(const Field& field, const Vocabulary& vocabulary) {
  NoiseSettings noise;
  read_section(field, noise_table(), noise, vocabulary);
  if (noise.folder.empty()) {
    fail_at(field.node().place, field.path() + ".folder", "is missing");
  }
  return noise;
}

/// Who looks for the group among the settings is told where it is.
void refuse_group(const Field& fit) {
  for (const Field& entry : fit.entries()) {
    if (entry.node().key != "group") continue;
    fail_at(entry.node().key_place, entry.path(), "unknown key",
            "The group of pixels is no setting: each run is given its own, as its option group");
  }
}

/// The keys of a dataset of one chip.
std::vector<std::string_view> dataset_keys() {
  return {"velocal", "name",   "extends", "asic", "data",  "results",
          "source",  "sensor", "noise",   "fit",  "allow", "scans"};
}

/// `tree`: the descriptor as it is for this chip.
Dataset read_chip(const YamlNode& tree, const std::string& asic, const Vocabulary& vocabulary) {
  const Section section(Field(tree, "", asic), dataset_keys());
  Dataset dataset;
  dataset.name = section.get("name").folder_name_beside(names_in_results);
  dataset.asic = asic;
  dataset.data_root = section.get("data").file_path();
  dataset.results_root = section.get("results").file_path();
  if (const auto source = section.find("source")) dataset.source = read_source(*source, vocabulary);
  if (const auto sensor = section.find("sensor")) read_section(*sensor, sensor_table(), dataset.sensor);
  if (const auto fit = section.find("fit")) {
    refuse_group(*fit);
    read_section(*fit, fit_settings_table(), dataset.fit, vocabulary);
  }
  if (const auto allow = section.find("allow")) read_section(*allow, allow_table(), dataset.allow);
  if (const auto noise = section.find("noise")) dataset.noise = read_noise(*noise, vocabulary);
  const std::vector<std::string>& parameters = parameters_of(dataset.fit.model, tree, vocabulary.models);
  require_shared(section, dataset.fit, parameters);
  const Field scans = section.get("scans");
  for (const Field& scan : scans.items()) dataset.scans.push_back(read_scan(scan, dataset, parameters, vocabulary));
  if (dataset.scans.empty()) scans.reject("a list of at least one scan");
  return dataset;
}

/// Tables and locks of all chips lie there.
void require_common_results(const Section& section) {
  const Field results = section.get("results");
  if (results.node().scalar.find("${ASIC") == std::string::npos) return;
  results.reject("a folder of all chips", "Results of a chip go to <results>/<name>/<asic> anyway");
}

void read_many(DatasetOfChips& dataset, const YamlNode& root, const Section& section, const Vocabulary& vocabulary) {
  const Field asics = *section.find("asics");
  if (section.find("asic")) {
    asics.fail("stands beside asic", "Take one of the two away; an inherited one with \"asic: ~\"");
  }
  require_common_results(section);
  const std::vector<std::string> names = read_chip_names(asics);
  const ChipOverrides overrides(root, names);
  for (const std::string& name : names) {
    ChipDataset& chip = dataset.chips.emplace_back(
        ChipDataset{read_chip(overrides.descriptor_of(name), name, vocabulary), overrides.skipped(name)});
    dataset.name = chip.dataset.name;
    chip.dataset.name += "/" + name;
    chip.dataset.one_of_many = true;
    for (ScanSettings& scan : chip.dataset.scans) {
      if (scan.simulation) scan.simulation->fault = overrides.fault(name);
    }
  }
}

void read_one(DatasetOfChips& dataset, const YamlNode& root, const Section& section, const Vocabulary& vocabulary) {
  for (const char* key : {"overrides", "faults"}) {
    if (const auto found = section.find(key)) found->fail("is of a descriptor with many chips (asics)");
  }
  const std::string asic = read_asic(section.get("asic"));
  dataset.chips.push_back({read_chip(root, asic, vocabulary), ""});
  dataset.name = dataset.chips.front().dataset.name;
}

}  // namespace

DatasetOfChips read_chips(const std::filesystem::path& file, const Vocabulary& vocabulary) {
  const YamlNode root = read_with_extends(file);
  std::vector<std::string_view> keys = dataset_keys();
  keys.insert(keys.end(), {"asics", "overrides", "faults"});
  const Section section(Field(root, ""), keys);
  DatasetOfChips dataset;
  dataset.has_many = section.find("asics").has_value();
  (dataset.has_many ? read_many : read_one)(dataset, root, section, vocabulary);
  const std::string text = emit_yaml(root);
  for (ChipDataset& chip : dataset.chips) {
    chip.dataset.file = file;
    chip.dataset.text = text;
  }
  return dataset;
}

Dataset read_dataset(const std::filesystem::path& file, const Vocabulary& vocabulary) {
  DatasetOfChips dataset = read_chips(file, vocabulary);
  if (dataset.has_many) {
    throw UsageError(fmt::format("{} describes {} chips", file.string(), dataset.chips.size()),
                     "this reads a dataset of one", "Name one of them");
  }
  return std::move(dataset.chips.front().dataset);
}

}  // namespace velocal
