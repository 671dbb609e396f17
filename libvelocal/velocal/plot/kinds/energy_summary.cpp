// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "velocal/plot/figure/style.hpp"
#include "velocal/plot/kinds/summary_rows.hpp"

namespace velocal {
namespace {

Uncertain target_mean(const SummaryEntry& entry) {
  return {entry.calibration->target_means.mean, entry.calibration->target_means.mean_error};
}

/// An entry's place in the picture.
struct EnergyPoint {
  Uncertain target;  ///< error: total
  double energy_eV;
  double energy_error_eV;  ///< as that of the number of electrons
};

Layer point_layer(const SummaryEntries& rows, const SummaryEntry& row, const EnergyPoint& point) {
  static constexpr std::array<Marker, 4> markers{Marker::circle, Marker::square, Marker::triangle, Marker::diamond};
  std::vector<std::string> datasets;
  for (const SummaryEntry& each : rows) {
    if (std::ranges::count(datasets, each.dataset) == 0) datasets.push_back(each.dataset);
  }
  const auto place = static_cast<std::size_t>(std::ranges::find(datasets, row.dataset) - datasets.begin());
  const auto& [target, energy, error] = point;
  return {Points{{target.value},
                 {energy},
                 {energy - error},
                 {energy + error},
                 {target.value - target.error},
                 {target.value + target.error},
                 colour_of(rows, row.label),
                 markers[place % markers.size()]},
          {fmt::format("{}/{}: {}", row.dataset, row.label, style::measured(target, "DAC"))}};
}

/// From the origin to the target at the right end.
Layer design_line(double right, double pair_energy_eV) {
  const Uncertain design = design_gain();
  return {Curve{{0.0, right}, {0.0, design.value * right * pair_energy_eV}, {style::grey, 1.4}},
          {"design " + style::measured(design, "e-/DAC")}};
}

/// The error of the line. It is cut off at the panel's top: areas that leave a picture may be filled wrongly.
Layer design_band(const Panel& panel, double pair_energy_eV) {
  constexpr int steps = 400;
  const Uncertain design = design_gain();
  Band band{{}, {}, {}, style::light_grey};
  for (int i = 0; i <= steps; ++i) {
    const double target = panel.x.to * i / steps;
    const auto energy_at = [&](double gain) { return std::min(panel.y.to, gain * target * pair_energy_eV); };
    band.x.push_back(target);
    band.low.push_back(energy_at(design.value - design.error));
    band.high.push_back(energy_at(design.value + design.error));
  }
  return {band};
}

}  // namespace

SummaryPicture energy_summary(const SummaryEntries& entries) {
  const SummaryEntries rows = by_label(entries);
  const Source& source = rows.front().source;
  SummaryPicture picture{{.width = 480.0, .title = "Photon energy against target", .subtitle = {}}, {}};
  picture.table =
      "dataset,label,target,target_error,target_systematic,target_total,photon_energy_eV,electrons,electrons_error\n";
  double highest_target = 0.0, highest_energy = source.photon_energy_eV;
  std::vector<Layer> points;
  for (const SummaryEntry& row : rows) {
    const double spread = systematics_of(rows, row.label, target_mean).quadrature;
    const double systematic = std::isfinite(spread) ? spread : 0.0;
    const Uncertain target = target_mean(row), pairs = pair_count(row.source);
    const EnergyPoint point{{target.value, std::hypot(target.error, systematic)},
                            row.source.photon_energy_eV,
                            pairs.error * source.pair_energy_eV};
    picture.table += csv_line(
        row, {target.value, target.error, systematic, point.target.error, point.energy_eV, pairs.value, pairs.error});
    if (!std::isfinite(target.value)) continue;
    highest_target = std::max(highest_target, target.value + point.target.error);
    highest_energy = std::max(highest_energy, point.energy_eV + point.energy_error_eV);
    points.push_back(point_layer(rows, row, point));
    picture.figure.numbers.push_back({row.dataset + "/" + row.label, point.target});
  }
  Panel panel;
  style::place(panel, picture.figure, {0, 0}, {1, 1}, {.right = 66.0, .top = 4.0});
  panel.legend = LegendPlace::top_left;
  const double right = highest_target > 0.0 ? 1.25 * highest_target : 100.0;
  panel.layers = {design_line(right, source.pair_energy_eV)};
  panel.layers.insert(panel.layers.end(), points.begin(), points.end());
  panel.x = {"Target [DAC]", 0.0, right};
  style::leave_room(panel, picture.figure, 1.05 * highest_energy);
  panel.layers.insert(panel.layers.begin(), design_band(panel, source.pair_energy_eV));
  panel.y.label = "Photon energy [eV]";
  panel.right_axis = {"Electrons", 0.0, panel.y.to / source.pair_energy_eV};
  picture.figure.subtitle = fmt::format("{}: {} electrons", source.name, style::measured(pair_count(source)));
  picture.figure.panels.push_back(std::move(panel));
  return picture;
}

}  // namespace velocal
