// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/read_simulation.hpp"

#include <fmt/format.h>

namespace velocal {
namespace {

void read_spread(const Section& section, std::string_view key, Spread& value, const NumberRule& rule) {
  const auto field = section.find(key);
  if (!field) return;
  const Section spread(*field, {"mean", "spread"});
  spread.read("mean", value.mean, rule);
  spread.read("spread", value.spread, non_negative);
}

IlluminationSpot read_spot(const Field& field) {
  const Section section(field, {"row", "column", "radius", "floor"});
  IlluminationSpot spot;
  section.read("row", spot.row, finite);
  section.read("column", spot.column, finite);
  section.read("radius", spot.radius, positive);
  section.read("floor", spot.floor, from_0_to_1);
  return spot;
}

std::vector<PlantedAcquisition> read_planted(const Section& section, std::string_view key, const ScanSettings& scan) {
  const auto field = section.find(key);
  if (!field) return {};
  std::vector<PlantedAcquisition> planted;
  const auto [from, to, step] = scan.thresholds;
  const int first = scan.acquisitions.first;
  const int last = first + scan.acquisitions.count - 1;
  for (const Field& item : field->items()) {
    const Section pair(item, {"threshold", "acquisition"});
    const Field threshold = pair.get("threshold");
    const Field acquisition = pair.get("acquisition");
    planted.push_back({threshold.integer(0, to), acquisition.integer(0, last)});
    if (planted.back().threshold < from || (planted.back().threshold - from) % step != 0) {
      threshold.reject(fmt::format("a threshold of the scan ({}...{} in steps of {})", from, to, step));
    }
    if (planted.back().acquisition < first) {
      acquisition.reject(fmt::format("an acquisition of the scan ({}...{})", first, last));
    }
  }
  return planted;
}

}  // namespace

SimulationSettings read_simulation(const Field& field, const ScanSettings& scan) {
  const Section section(field, {"spot", "amplitude", "shelf", "width", "target", "baseline", "baseline_width",
                                "background", "masked_pixels", "pixels_without_baseline", "empty", "bad", "glitch"});
  SimulationSettings settings;
  if (const auto spot = section.find("spot")) settings.spot = read_spot(*spot);
  section.read("amplitude", settings.amplitude, positive);
  read_spread(section, "shelf", settings.shelf, inside_0_1);
  read_spread(section, "width", settings.width, positive);
  read_spread(section, "target", settings.target, positive);
  read_spread(section, "baseline", settings.baseline, positive);
  read_spread(section, "baseline_width", settings.baseline_width, positive);
  section.read("background", settings.background, non_negative);
  section.read("masked_pixels", settings.masked_pixels, 0, static_cast<int>(pixel_count));
  section.read("pixels_without_baseline", settings.pixels_without_baseline, 0, static_cast<int>(pixel_count));
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
