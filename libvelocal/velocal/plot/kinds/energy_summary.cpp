// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/energy_summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "velocal/core/sample.hpp"
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

/// Rows of one colour have different markers: those of other datasets, and of other labels of that colour.
std::size_t marker_of(const SummaryRows& rows, const PlottedScan& row) {
  std::size_t place = 0;
  for (const PlottedScan& each : rows) {
    if (each.dataset == row.dataset && each.label == row.label) break;
    if (colour_of(rows, each.label) == colour_of(rows, row.label)) ++place;
  }
  return place;
}

Layer point_layer(const SummaryRows& rows, const PlottedScan& row, const EnergyPoint& point) {
  static constexpr std::array<Marker, 4> markers{Marker::circle, Marker::square, Marker::triangle, Marker::diamond};
  const auto& [target, energy, error] = point;
  return {Points{{target.value},
                 {energy},
                 {energy - error},
                 {energy + error},
                 {target.value - target.error},
                 {target.value + target.error},
                 colour_of(rows, row.label),
                 markers[marker_of(rows, row) % markers.size()]},
          {fmt::format("{}/{}: {}", row.dataset, row.label, style::measured(target, "DAC"))}};
}

double design_energy(double gain, double target, const PhotonSource& source) {
  return gain * target * source.pair_energy_eV.value;
}

/// The line of the design over the panel.
Layer design_line(const Panel& panel, const PhotonSource& source) {
  const Uncertain design = design_gain();
  const auto energy_at = [&](double target) { return design_energy(design.value, target, source); };
  return {Curve{{panel.x.from, panel.x.to}, {energy_at(panel.x.from), energy_at(panel.x.to)}, {style::grey, 1.4}},
          {"design " + style::measured(design, "e-/DAC")}};
}

/// The error of the line. It is cut off at the panel's ends: areas that leave a picture may be filled wrongly.
Layer design_band(const Panel& panel, const PhotonSource& source) {
  constexpr int steps = 400;
  const Uncertain design = design_gain();
  Band band{{}, {}, {}, style::light_grey};
  for (int i = 0; i <= steps; ++i) {
    const double target = panel.x.from + (panel.x.to - panel.x.from) * i / steps;
    const auto energy_at = [&](double gain) {
      return std::clamp(design_energy(gain, target, source), panel.y.from, panel.y.to);
    };
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

/// Points of all rows, with what they take of the axes.
struct EnergyPoints {
  std::vector<Layer> layers = {};
  std::vector<double> targets = {};   ///< with the ends of their bars
  std::vector<double> energies = {};  ///< likewise
};

EnergyPoints add_points(const SummaryRows& rows, SummaryPicture& picture) {
  EnergyPoints points;
  for (const PlottedScan& row : rows) {
    const EnergyPoint point = point_of(rows, row, picture.table);
    const auto& [target, energy, error] = point;
    if (!std::isfinite(target.value)) continue;
    points.targets.insert(points.targets.end(), {target.value - target.error, target.value + target.error});
    points.energies.insert(points.energies.end(), {energy - error, energy + error});
    points.layers.push_back(point_layer(rows, row, point));
    picture.figure.numbers.push_back({row.dataset + "/" + row.label, target});
  }
  return points;
}

/// The range of the values and a margin around, at least a tenth of them wide.
Range zoomed(const std::vector<double>& values) {
  const Range range = central_range(values, 1.0);
  const double margin = std::max(0.08 * (range.to - range.from), 0.03 * std::abs(range.to));
  return {range.from - margin, range.to + margin};
}

Panel energy_panel(EnergyPoints points, const PhotonSource& source) {
  if (points.layers.empty()) {
    points.targets = {0.0, 100.0};
    points.energies = {0.0, source.energy_eV};
  }
  const Range targets = zoomed(points.targets);
  for (const double end : {targets.from, targets.to}) {
    points.energies.push_back(design_energy(design_gain().value, end, source));
  }
  const Range energies = zoomed(points.energies);
  Panel panel;
  panel.x = {"Target [DAC]", targets.from, targets.to};
  panel.y = {"Photon energy [eV]", energies.from, energies.to};
  panel.right_axis = {"Electrons", energies.from / source.pair_energy_eV.value,
                      energies.to / source.pair_energy_eV.value};
  panel.layers = {design_band(panel, source), design_line(panel, source)};
  panel.layers.insert(panel.layers.end(), points.layers.begin(), points.layers.end());
  return panel;
}

/// What stands for the layer in a legend: its looks, without a point.
Layer sample_of(const Layer& layer) {
  Layer sample{Swatch{}, layer.legend};
  if (const auto* curve = std::get_if<Curve>(&layer.drawn)) sample.drawn = Curve{{}, {}, curve->stroke};
  if (const auto* points = std::get_if<Points>(&layer.drawn)) {
    sample.drawn = Points{{}, {}, {}, {}, {}, {}, points->colour, points->marker};
  }
  return sample;
}

/// Takes the legend out of the panel, whose right-hand axis is where it would be, into one beside it.
Panel legend_beside(Panel& panel) {
  Panel legend;
  legend.legend = LegendPlace::top_left;
  legend.legend_only = true;
  for (Layer& layer : panel.layers) {
    if (!layer.legend.empty()) legend.layers.push_back(sample_of(layer));
    layer.legend.clear();
  }
  return legend;
}

/// Places the panel, and its legend at its right; the figure becomes as large as both need.
void place(Figure& figure, Panel panel) {
  std::vector<std::string> lines;
  for (const Layer& layer : panel.layers) lines.insert(lines.end(), layer.legend.begin(), layer.legend.end());
  const double width = style::legend_width(lines);
  figure.width += width;
  figure.height = std::max(figure.height, style::title_height + 20.0 + style::legend_height(lines.size()));
  Panel legend = legend_beside(panel);
  style::place(panel, figure, {0, 0}, {1, 1}, {.right = 66.0 + width, .top = 4.0});
  legend.left = 1.0 - width / figure.width;
  legend.bottom = 0.02;
  legend.top = panel.top;
  figure.panels = {std::move(panel), std::move(legend)};
}

/// The electrons of each source once.
std::string electrons_text(const SummaryRows& rows) {
  std::vector<std::string> texts;
  for (const PlottedScan& row : rows) {
    std::string text = fmt::format("{}: {} electrons", row.source.name, style::measured(row.source.pairs()));
    if (std::ranges::count(texts, text) == 0) texts.push_back(std::move(text));
  }
  return fmt::format("{}", fmt::join(texts, "; "));
}

}  // namespace

SummaryPicture energy_summary(const SummaryRows& scans) {
  const SummaryRows rows = by_label(scans);
  const PhotonSource& source = rows.front().source;
  SummaryPicture picture{{.width = 480.0, .title = "Photon energy against target", .subtitle = {}}, {}};
  picture.table =
      "dataset,label,target,target_error,target_systematic,target_total,photon_energy_eV,electrons,electrons_error\n";
  const EnergyPoints points = add_points(rows, picture);
  picture.figure.subtitle = electrons_text(rows);
  place(picture.figure, energy_panel(points, source));
  return picture;
}

}  // namespace velocal
