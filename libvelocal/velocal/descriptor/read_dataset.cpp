// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/read_dataset.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "velocal/descriptor/extends.hpp"
#include "velocal/descriptor/read_scan.hpp"
#include "velocal/descriptor/read_settings.hpp"
#include "velocal/descriptor/setting_tables.hpp"

namespace velocal {
namespace {

std::string read_asic(const Field& field) {
  const std::string asic = field.folder_name();
  const std::size_t separator = asic.find('_');
  if (separator == 0 || separator >= asic.size() - 1) field.reject("<module>_<velopix>, such as Module0_VP3-1");
  return asic;
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

/// Who looks for the group among the settings is told where it is.
void refuse_group(const Field& fit) {
  for (const Field& entry : fit.entries()) {
    if (entry.node().key != "group") continue;
    fail_at(entry.node().key_place, entry.path(), "unknown key",
            "The group of pixels is no setting: each run is given its own, as its option group");
  }
}

}  // namespace

Dataset read_dataset(const std::filesystem::path& file, const Vocabulary& vocabulary) {
  const YamlNode root = read_with_extends(file);
  const Section section(Field(root, ""),
                        {"velocal", "name", "extends", "asic", "data", "results", "source", "fit", "scans"});
  Dataset dataset;
  dataset.file = file;
  dataset.text = emit_yaml(root);
  dataset.name = section.get("name").folder_name();
  dataset.asic = read_asic(section.get("asic"));
  dataset.data_root = section.get("data").file_path();
  dataset.results_root = section.get("results").file_path();
  if (const auto source = section.find("source")) read_section(*source, source_table(), dataset.source);
  if (const auto fit = section.find("fit")) {
    refuse_group(*fit);
    read_section(*fit, fit_settings_table(), dataset.fit, vocabulary);
  }
  const std::vector<std::string>& parameters = parameters_of(dataset.fit.model, root, vocabulary.models);
  const Field scans = section.get("scans");
  for (const Field& scan : scans.items()) dataset.scans.push_back(read_scan(scan, dataset.fit, parameters));
  if (dataset.scans.empty()) scans.reject("a list of at least one scan");
  return dataset;
}

}  // namespace velocal
