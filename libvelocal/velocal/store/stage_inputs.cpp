// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/stage_inputs.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "velocal/core/error.hpp"
#include "velocal/descriptor/setting_tables.hpp"

namespace velocal {
namespace {

// Raised with every change of the program that changes numbers of the stage's results.
constexpr int simulation_computation = 1;
constexpr int baseline_computation = 1;
constexpr int flux_computation = 1;
constexpr int fit_computation = 4;
constexpr int matrices_computation = 2;
constexpr int gain_computation = 1;

constexpr std::string_view nothing = "nothing";

void add(StageInputs& inputs, std::string_view name, std::string value) {
  inputs.push_back({std::string(name), std::move(value)});
}

/// `undefined`: what stands for a number that the descriptor leaves open.
std::string text_of(const SettingValue& value, std::string_view undefined) {
  if (const auto* number = std::get_if<double>(&value); number != nullptr && std::isnan(*number)) {
    return std::string(undefined);
  }
  const std::string text = std::visit([](const auto& plain) { return fmt::format("{}", plain); }, value);
  return text.empty() ? std::string(nothing) : text;
}

template <class Section>
void add_table(StageInputs& inputs, std::string_view section, std::span<const Setting<Section>> table,
               const Section& settings, std::string_view undefined = nothing) {
  for (const Setting<Section>& row : table) {
    add(inputs, fmt::format("{}.{}", section, row.key), text_of(row.member.get(settings), undefined));
  }
}

std::string text_of(const InclusiveRange& range) {
  return range.first == range.last ? fmt::format("{}", range.first) : fmt::format("{}-{}", range.first, range.last);
}

std::string text_of(const RejectSettings& reject) {
  std::vector<std::string> pairs;
  for (const RejectedAcquisitions& pair : reject.acquisitions) {
    pairs.push_back(fmt::format("{} at {}", text_of(pair.acquisition), text_of(pair.threshold)));
  }
  return pairs.empty() ? std::string(nothing) : fmt::format("{}", fmt::join(pairs, ", "));
}

std::string counter_text(int counter) {
  if (counter == counter_automatic) return "auto";
  return counter == counter_unlimited ? "none" : fmt::format("{}", counter);
}

std::string text_of(const NamedValues& values) {
  std::vector<std::string> texts;
  for (const auto& [name, value] : values) texts.push_back(fmt::format("{} {}", name, value));
  return texts.empty() ? std::string(nothing) : fmt::format("{}", fmt::join(texts, ", "));
}

std::string text_of(const std::vector<PlantedAcquisition>& planted) {
  std::vector<std::string> texts;
  for (const PlantedAcquisition& one : planted) {
    texts.push_back(fmt::format("{} at {}", one.acquisition, one.threshold));
  }
  return texts.empty() ? std::string(nothing) : fmt::format("{}", fmt::join(texts, ", "));
}

std::string text_of(const std::vector<EmittedLine>& lines) {
  std::vector<std::string> texts;
  for (const EmittedLine& line : lines) {
    texts.push_back(fmt::format("{} eV times {}", line.energy_eV, line.intensity));
    if (line.attenuation_um) texts.back() += fmt::format(" within {} um", *line.attenuation_um);
  }
  return texts.empty() ? "those of the name" : fmt::format("{}", fmt::join(texts, ", "));
}

void add_source(StageInputs& inputs, const ScanSettings& scan) {
  add_table(inputs, "source", source_table(), scan.source);
  add(inputs, "source.lines", text_of(scan.source.lines));
  add_table(inputs, "sensor", sensor_table(), scan.sensor);
}

/// Which files there are, and what they are called.
void add_files(StageInputs& inputs, const Dataset& dataset, const ScanSettings& scan) {
  const auto [first, count] = scan.acquisitions;
  const auto& [from, to, step, listed] = scan.thresholds;
  add(inputs, "asic", dataset.asic);
  add(inputs, "folder", scan.folder);
  add(inputs, "shutter", scan.shutter.text);
  add(inputs, "acquisitions", fmt::format("{} from {}", count, first));
  add(inputs, "thresholds", fmt::format("{} from {} to {}", scan.thresholds.count(), from, to));
  add(inputs, "thresholds.step", listed.empty() ? fmt::format("{}", step) : fmt::format("{}", fmt::join(listed, " ")));
  add(inputs, "reject.last_column_mean",
      scan.reject.last_column_mean ? fmt::format("{}", *scan.reject.last_column_mean) : std::string(nothing));
  add(inputs, "baseline.folder", scan.baseline_folder.value_or(std::string(nothing)));
}

void add_simulation(StageInputs& inputs, const SimulationSettings& simulation) {
  if (simulation.physics) add_table(inputs, "simulation.physics", physics_table(), *simulation.physics);
  add_table(inputs, "simulation.spot", spot_table(), simulation.spot);
  for (const SpreadSetting& row : simulation_spreads()) {
    const Spread& spread = simulation.*row.member;
    add(inputs, fmt::format("simulation.{}", row.key), fmt::format("{} +- {}", spread.mean, spread.spread));
  }
  add_table(inputs, "simulation", simulation_table(), simulation);
  add(inputs, "simulation.empty", text_of(simulation.empty));
  add(inputs, "simulation.bad", text_of(simulation.bad));
  add(inputs, "simulation.glitch", text_of(simulation.glitch));
}

const StageInput* find(const StageInputs& inputs, std::string_view name) {
  const auto found = std::ranges::find(inputs, name, &StageInput::name);
  return found == inputs.end() ? nullptr : &*found;
}

}  // namespace

StageInputs simulation_inputs(const Dataset& dataset, const ScanSettings& scan, std::uint64_t seed) {
  StageInputs inputs{{"simulation computation", fmt::format("{}", simulation_computation)}};
  add(inputs, "seed", fmt::format("{}", seed));
  add_files(inputs, dataset, scan);
  add_source(inputs, scan);
  if (scan.simulation) add_simulation(inputs, *scan.simulation);
  if (scan.simulation && dataset.one_of_many) {
    add_table(inputs, "simulation.chips", chip_spreads_table(), scan.simulation->chips);
    add(inputs, "faults", std::string(to_string(scan.simulation->fault)));
  }
  return inputs;
}

StageInputs baseline_inputs(const Dataset& dataset) {
  if (!dataset.noise) throw UsageError("there is no noise baseline to make", "the dataset has no noise scans");
  StageInputs inputs{{"baseline computation", fmt::format("{}", baseline_computation)}};
  add(inputs, "asic", dataset.asic);
  add_table(inputs, "noise", noise_table(), *dataset.noise);
  return inputs;
}

StageInputs flux_inputs(const Dataset& dataset, const ScanSettings& scan, std::string_view from_csv) {
  StageInputs inputs{{"flux computation", fmt::format("{}", flux_computation)}};
  add_files(inputs, dataset, scan);
  add(inputs, "baseline.file", scan.baseline_file.value_or(std::string(nothing)));
  add(inputs, "baseline.kind", std::string(to_string(scan.baseline_kind)));
  add(inputs, "baseline.established", scan.baseline_established ? "true" : "false");
  add(inputs, "reject.acquisitions", text_of(scan.reject));
  add(inputs, "counter", counter_text(scan.counter));
  add(inputs, "fit.separation", std::string(to_string(dataset.fit.separation)));
  if (!from_csv.empty()) add(inputs, from_csv_input, std::string(from_csv));
  return inputs;
}

std::string csv_folder(const StageInputs& inputs) {
  const StageInput* found = find(inputs, from_csv_input);
  return found == nullptr ? "" : found->value;
}

StageInputs fit_inputs(const Dataset& dataset, const ScanSettings& scan, std::string_view engine) {
  StageInputs inputs{{"fit computation", fmt::format("{}", fit_computation)}, {"engine", std::string(engine)}};
  add_table(inputs, "fit", fit_settings_table(), dataset.fit, "auto");
  std::erase_if(inputs, [](const StageInput& input) { return input.name == "fit.separation"; });  // it is the flux's
  add_source(inputs, scan);
  add(inputs, "initial", text_of(scan.initial));
  add(inputs, "initial_baseline", text_of(scan.initial_baseline));
  return inputs;
}

StageInputs matrices_inputs(const ScanSettings& scan) {
  return {{"matrices computation", fmt::format("{}", matrices_computation)},
          {"baseline.uncertainty", std::string(to_string(scan.baseline_uncertainty))}};
}

StageInputs gain_inputs(const Dataset& dataset, std::span<const std::string> labels) {
  return {{"gain computation", fmt::format("{}", gain_computation)},
          {"scans", fmt::format("{}", fmt::join(labels, ", "))},
          {"fit.significance", fmt::format("{}", dataset.fit.significance)}};
}

StageInputs operator+(StageInputs before, const StageInputs& own) {
  before.insert(before.end(), own.begin(), own.end());
  return before;
}

std::string to_text(const StageInputs& inputs) {
  std::string text;
  for (const auto& [name, value] : inputs) text += fmt::format("{}: {}\n", name, value);
  return text;
}

StageInputs parse_stage_inputs(std::string_view text) {
  StageInputs inputs;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t colon = std::min(line.find(": "), line.size());
    add(inputs, line.substr(0, colon), std::string(line.substr(std::min(colon + 2, line.size()))));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return inputs;
}

std::optional<InputDifference> first_difference(const StageInputs& in_file, const StageInputs& now,
                                                std::string_view options) {
  const std::string none(nothing);
  for (const auto& [name, value] : now) {
    if (chosen_by_options(name, options)) continue;
    const StageInput* found = find(in_file, name);
    if (found == nullptr || found->value != value) return {{name, found == nullptr ? none : found->value, value}};
  }
  for (const auto& [name, value] : in_file) {
    if (find(now, name) == nullptr && !chosen_by_options(name, options)) return {{name, value, none}};
  }
  return {};
}

bool chosen_by_options(std::string_view name, std::string_view options) {
  std::string option(name.substr(name.rfind('.') + 1));
  std::ranges::replace(option, '_', '-');
  return fmt::format(" {} ", options).find(fmt::format(" --{} ", option)) != std::string::npos;
}

}  // namespace velocal
