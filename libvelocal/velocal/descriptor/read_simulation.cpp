// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/read_simulation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "velocal/descriptor/read_settings.hpp"
#include "velocal/descriptor/setting_tables.hpp"

namespace velocal {
namespace {

void read_spread(const Field& field, const NumberRule& mean, Spread& value) {
  const Setting<Spread> rows[]{{"mean", member<&Spread::mean>, Number{mean}},
                               {"spread", member<&Spread::spread>, Number{non_negative}}};
  read_section<Spread>(field, rows, value);
}

std::vector<std::string_view> simulation_keys() {
  std::vector<std::string_view> keys{"physics", "spot", "chips", "empty", "bad", "glitch"};
  add_keys(keys, simulation_spreads());
  add_keys(keys, simulation_table());
  return keys;
}

std::vector<PlantedAcquisition> read_planted(const Section& section, std::string_view key, const ScanSettings& scan) {
  const auto field = section.find(key);
  if (!field) return {};
  std::vector<PlantedAcquisition> planted;
  const std::vector<int> thresholds = scan.thresholds.values();
  const int first = scan.acquisitions.first;
  const int last = first + scan.acquisitions.count - 1;
  for (const Field& item : field->items()) {
    const Section pair(item, {"threshold", "acquisition"});
    const Field threshold = pair.get("threshold");
    const Field acquisition = pair.get("acquisition");
    planted.push_back({threshold.integer(0, thresholds.back()), acquisition.integer(0, last)});
    if (!std::ranges::binary_search(thresholds, planted.back().threshold)) {
      const auto& [from, to, step, listed] = scan.thresholds;
      const std::string spacing = listed.empty() ? fmt::format("in steps of {}", step) : "as listed";
      threshold.reject(fmt::format("a threshold of the scan ({}...{} {})", from, to, spacing));
    }
    if (planted.back().acquisition < first) {
      acquisition.reject(fmt::format("an acquisition of the scan ({}...{})", first, last));
    }
  }
  return planted;
}

/// Physics has no place for what only the formula has.
void read_physics(const Section& section, SimulationSettings& settings) {
  const auto physics = section.find("physics");
  if (!physics) return;
  read_section(*physics, physics_table(), settings.physics.emplace());
  for (const std::string_view key : {"shelf", "amplitude"}) {
    const auto formula = section.find(key);
    if (!formula) continue;
    fail_at(formula->node().place, formula->path(), "stands beside physics, but is of the formula F1_0",
            fmt::format("Take one of the two away; an inherited one with \"{}: ~\"", key));
  }
}

}  // namespace

SimulationSettings read_simulation(const Field& field, const ScanSettings& scan) {
  const Section section(field, simulation_keys());
  SimulationSettings settings;
  if (const auto spot = section.find("spot")) read_section(*spot, spot_table(), settings.spot);
  if (const auto chips = section.find("chips")) read_section(*chips, chip_spreads_table(), settings.chips);
  for (const SpreadSetting& spread : simulation_spreads()) {
    if (const auto map = section.find(spread.key)) read_spread(*map, spread.mean, settings.*spread.member);
  }
  read_settings(section, simulation_table(), settings);
  read_physics(section, settings);
  settings.empty = read_planted(section, "empty", scan);
  settings.bad = read_planted(section, "bad", scan);
  settings.glitch = read_planted(section, "glitch", scan);
  if (!settings.bad.empty() && !scan.reject.last_column_mean) {
    const Field bad = section.get("bad");
    fail_at(bad.node().place, bad.path(), "needs reject.last_column_mean: bad acquisitions have that mean");
  }
  return settings;
}

}  // namespace velocal
