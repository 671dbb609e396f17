// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/read_dataset.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "velocal/descriptor/extends.hpp"
#include "velocal/descriptor/read_scan.hpp"

namespace velocal {
namespace {

/// Models of docs/physics.md, so that a name which this build lacks is told from a wrong one.
constexpr std::array<std::string_view, 8> documented_models{"F1_0", "F1",    "F2s_0", "FAB_0",
                                                            "FAB",  "F2sAB", "F4",    "timepix"};

std::string read_asic(const Field& field) {
  const std::string asic = field.folder_name();
  const std::size_t separator = asic.find('_');
  if (separator == 0 || separator >= asic.size() - 1) field.reject("<module>_<velopix>, such as Module0_VP3-1");
  return asic;
}

Source read_source_settings(const Field& field) {
  const Section section(field, {"name", "photon_energy_eV", "pair_energy_eV", "pair_energy_uncertainty_eV"});
  Source source;
  if (const auto name = section.find("name")) source.name = name->text();
  section.read("photon_energy_eV", source.photon_energy_eV, positive);
  section.read("pair_energy_eV", source.pair_energy_eV, positive);
  section.read("pair_energy_uncertainty_eV", source.pair_energy_uncertainty_eV, non_negative);
  return source;
}

std::string read_model(const Field& field, const ModelParameters& models) {
  const std::string& model = field.text();
  if (models.contains(model)) return model;
  std::vector<std::string_view> names;
  for (const auto& [name, parameters] : models) names.push_back(name);
  if (std::find(documented_models.begin(), documented_models.end(), model) == documented_models.end()) {
    field.one_of(names);
  }
  field.fail(fmt::format("is not built yet (the models here are {})", fmt::join(names, ", ")));
}

FitSettings read_fit(const Field& field, const ModelParameters& models) {
  const Section section(field, {"model", "statistic", "covariance", "start", "baseline", "separation", "significance",
                                "max_zero_fraction", "background", "fixed_fit"});
  FitSettings fit;
  if (const auto model = section.find("model")) fit.model = read_model(*model, models);
  constexpr std::array<std::string_view, 2> statistics{"neyman", "poisson"};
  if (const auto word = section.find("statistic")) fit.statistic = statistics[word->one_of(statistics)];
  section.read("covariance", fit.covariance);
  section.read("start", fit.start);
  section.read("baseline", fit.baseline);
  section.read("separation", fit.separation);
  section.read("significance", fit.significance, inside_0_1);
  section.read("max_zero_fraction", fit.max_zero_fraction, above_0_to_1);
  if (const auto background = section.find("background"); background && background->node().scalar != "auto") {
    fit.background = background->number(non_negative_or_auto);
  }
  if (const auto fixed_fit = section.find("fixed_fit")) fit.fixed_fit = fixed_fit->flag();
  return fit;
}

}  // namespace

Dataset read_dataset(const std::filesystem::path& file, const ModelParameters& models) {
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
  if (const auto source = section.find("source")) dataset.source = read_source_settings(*source);
  if (const auto fit = section.find("fit")) dataset.fit = read_fit(*fit, models);
  const auto model = models.find(dataset.fit.model);
  if (model == models.end()) fail_at(root.place, "fit.model", fmt::format("{} is not built yet", dataset.fit.model));
  const Field scans = section.get("scans");
  for (const Field& scan : scans.items()) dataset.scans.push_back(read_scan(scan, dataset.fit, model->second));
  if (dataset.scans.empty()) scans.reject("a list of at least one scan");
  return dataset;
}

}  // namespace velocal
