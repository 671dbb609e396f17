// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/energy_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "velocal/plot/figure/style.hpp"

namespace velocal {
namespace {

Uncertain target_mean(const PlottedScan& row) {
  return {row.calibration->target_means.mean, row.calibration->target_means.mean_error};
}

/// A row's place in the picture.
struct EnergyPoint {
  Uncertain target;  ///< with its total error
  double energy_eV;
  double energy_error_eV;  ///< the error of the number of electrons, as an energy
};

Layer point_layer(const SummaryRows& rows, const PlottedScan& row, const EnergyPoint& point) {
  static constexpr std::array<Marker, 4> markers{Marker::circle, Marker::square, Marker::triangle, Marker::diamond};
  std::vector<std::string> datasets;
  for (const PlottedScan& each : rows) {
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

/// The line from the origin to the target at the right end.
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

/// The row's point; its numbers go into the table.
EnergyPoint point_of(const SummaryRows& rows, const PlottedScan& row, std::string& table) {
  const double spread = systematics_of(rows, row.label, target_mean).quadrature;
  const double systematic = std::isfinite(spread) ? spread : 0.0;
  const Uncertain target = target_mean(row), pairs = row.source.pairs();
  const double total = std::hypot(target.error, systematic), energy = row.source.energy_eV;
  table += csv_line(row, {target.value, target.error, systematic, total, energy, pairs.value, pairs.error});
  return {{target.value, total}, energy, pairs.error * row.source.pair_energy_eV.value};
}

/// Points of all rows, with the ends of what they take.
struct EnergyPoints {
  std::vector<Layer> layers = {};
  double highest_target = 0.0;
  double highest_energy = 0.0;
};

EnergyPoints add_points(const SummaryRows& rows, SummaryPicture& picture) {
  EnergyPoints points{.highest_energy = rows.front().source.energy_eV};
  for (const PlottedScan& row : rows) {
    const EnergyPoint point = point_of(rows, row, picture.table);
    if (!std::isfinite(point.target.value)) continue;
    points.highest_target = std::max(points.highest_target, point.target.value + point.target.error);
    points.highest_energy = std::max(points.highest_energy, point.energy_eV + point.energy_error_eV);
    points.layers.push_back(point_layer(rows, row, point));
    picture.figure.numbers.push_back({row.dataset + "/" + row.label, point.target});
  }
  return points;
}

Panel energy_panel(const EnergyPoints& points, const PhotonSource& source, const Figure& figure) {
  Panel panel;
  style::place(panel, figure, {0, 0}, {1, 1}, {.right = 66.0, .top = 4.0});
  panel.legend = LegendPlace::top_left;
  const double right = points.highest_target > 0.0 ? 1.25 * points.highest_target : 100.0;
  panel.layers = {design_line(right, source.pair_energy_eV.value)};
  panel.layers.insert(panel.layers.end(), points.layers.begin(), points.layers.end());
  panel.x = {"Target [DAC]", 0.0, right};
  style::leave_room(panel, figure, 1.05 * points.highest_energy);
  panel.layers.insert(panel.layers.begin(), design_band(panel, source.pair_energy_eV.value));
  panel.y.label = "Photon energy [eV]";
  panel.right_axis = {"Electrons", 0.0, panel.y.to / source.pair_energy_eV.value};
  return panel;
}

}  // namespace

SummaryPicture energy_summary(const SummaryRows& scans) {
  const SummaryRows rows = by_label(scans);
  const PhotonSource& source = rows.front().source;
  SummaryPicture picture{{.width = 480.0, .title = "Photon energy against target", .subtitle = {}}, {}};
  picture.table =
      "dataset,label,target,target_error,target_systematic,target_total,photon_energy_eV,electrons,electrons_error\n";
  const EnergyPoints points = add_points(rows, picture);
  picture.figure.subtitle = fmt::format("{}: {} electrons", source.name, style::measured(source.pairs()));
  picture.figure.panels.push_back(energy_panel(points, source, picture.figure));
  return picture;
}

}  // namespace velocal
