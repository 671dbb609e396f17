// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/gain_summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "velocal/core/quantity.hpp"
#include "velocal/core/sample.hpp"
#include "velocal/plot/figure/style.hpp"

namespace velocal {
namespace {

Uncertain gain_mean(const PlottedScan& row) {
  return {row.calibration->gain_means.mean, row.calibration->gain_means.mean_error};
}

/// Points with horizontal bars, a little above or below the middle of each row.
void add_points(Panel& panel, const SummaryRows& rows, double offset, Marker marker, const std::string& name,
                const std::function<Uncertain(const PlottedScan&)>& value) {
  Points points;
  points.marker = marker;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Uncertain at = value(rows[i]);
    if (!std::isfinite(at.value)) continue;
    const double error = std::isfinite(at.error) ? at.error : 0.0;
    points.x.push_back(at.value);
    points.y.push_back(panel.y.ticks[i].at + offset);
    points.x_low.push_back(at.value - error);
    points.x_high.push_back(at.value + error);
  }
  panel.layers.push_back({std::move(points), {name}});
}

/// Values of all points and bands.
std::vector<double> values_of(const Panel& panel) {
  std::vector<double> values;
  for (const Layer& layer : panel.layers) {
    if (const auto* points = std::get_if<Points>(&layer.drawn)) {
      values.insert(values.end(), points->x.begin(), points->x.end());
    } else if (const auto* band = std::get_if<Band>(&layer.drawn)) {
      values.insert(values.end(), band->x.begin(), band->x.end());
    }
  }
  return values;
}

/// Makes the x axis long enough for all points and bands. A bar of no meaning, far longer than all, runs out of it.
void fit_x_range(Panel& panel) {
  std::vector<double> ends = values_of(panel);
  const Range values = central_range(ends, 1.0);
  const double most = 0.5 * (values.to - values.from);
  for (const Layer& layer : panel.layers) {
    const auto* points = std::get_if<Points>(&layer.drawn);
    if (points == nullptr) continue;
    for (const double low : points->x_low) ends.push_back(std::max(low, values.from - most));
    for (const double high : points->x_high) ends.push_back(std::min(high, values.to + most));
  }
  const Range range = central_range(ends, 1.0);
  const double margin = 0.06 * (range.to - range.from);
  panel.x.from = range.from - margin;
  panel.x.to = range.to + margin;
}

double or_zero(double value) {
  return std::isfinite(value) ? value : 0.0;
}

void add_design(Panel& panel) {
  const Uncertain design = design_gain();
  panel.layers.push_back({Band{{design.value - design.error, design.value + design.error},
                               {panel.y.from, panel.y.from},
                               {panel.y.to, panel.y.to},
                               style::light_grey},
                          {"design", style::measured(design)}});
  panel.layers.push_back({VerticalLine{design.value, {style::grey, 1.2}}});
}

/// The band of the systematic uncertainty, over the rows of the label.
void add_systematic_band(Panel& panel, const SummaryRows& rows, const std::string& label,
                         const GainSystematics& found) {
  const auto own = with_label(rows, label);
  const auto first = std::ranges::find_if(rows, [&](const auto& row) { return row.label == label; }) - rows.begin();
  const double top = panel.y.ticks[static_cast<std::size_t>(first)].at + 0.45;
  const double bottom = top + 0.1 - static_cast<double>(own.size());
  const double reference = found.gain.front().value, systematic = found.quadrature;
  panel.layers.push_back(
      {Band{{reference - systematic, reference + systematic},
            {bottom, bottom},
            {top, top},
            style::lighter(colour_of(rows, label))},
       {fmt::format("{}: {} ±", label, own.front().dataset), fmt::format("{:.2g} systematic", systematic)}});
}

/// Adds what is said of the rows of one label in words and in the table.
void tell(SummaryPicture& picture, const SummaryRows& own, const GainSystematics& found) {
  Figure& figure = picture.figure;
  const double systematic = found.quadrature;
  const std::string& label = own.front().label;
  if (std::isfinite(systematic)) figure.numbers.push_back({label + " systematic", {systematic, undefined}});
  for (std::size_t i = 0; i < own.size(); ++i) {
    const Calibration& c = *own[i].calibration;
    picture.table +=
        csv_line(own[i], {static_cast<double>(c.gain_means.pixels), c.gain_means.mean, c.gain_means.mean_error,
                          c.asic.gain.value, c.asic.gain.error, c.asic_good.gain.value, c.asic_good.gain.error,
                          found.difference[i], systematic, design_distance(found.gain[i], or_zero(systematic))});
    figure.numbers.push_back({own[i].dataset + "/" + label, found.gain[i]});
  }
}

/// How far the labels are from the design, the first scan of each: one by one, or from where to where.
std::string distance_text(const SummaryRows& rows) {
  constexpr std::size_t most = 2;
  std::vector<std::string> texts;
  double lowest = HUGE_VAL, highest = -HUGE_VAL;
  for (const std::string& label : labels_of(rows)) {
    const GainSystematics found = systematics_of(rows, label, gain_mean);
    const double distance = design_distance(found.gain.front(), or_zero(found.quadrature));
    if (!std::isfinite(distance)) continue;
    texts.push_back(fmt::format("{}: {:+.1f} standard deviations from the design", label, distance));
    lowest = std::min(lowest, distance);
    highest = std::max(highest, distance);
  }
  if (texts.size() <= most) return fmt::format("{}", fmt::join(texts, "; "));
  return fmt::format("{:+.1f} to {:+.1f} standard deviations from the design", lowest, highest);
}

}  // namespace

SummaryPicture gain_summary(const SummaryRows& scans) {
  const SummaryRows rows = by_label(scans);
  Panel panel;
  SummaryPicture picture{row_figure(rows, "Gain", panel), {}};
  picture.table =
      "dataset,label,pixels,K_mean,K_mean_error,K_ASIC,K_ASIC_error,K_ASICgood,K_ASICgood_error,"
      "K_difference,K_systematic,design_distance\n";
  panel.x.label = style::axis_label(quantity::gain, "e-/DAC");
  add_design(panel);
  picture.figure.subtitle = distance_text(rows);
  for (const std::string& label : labels_of(rows)) {
    const GainSystematics found = systematics_of(rows, label, gain_mean);
    if (std::isfinite(found.quadrature)) add_systematic_band(panel, rows, label, found);
    tell(picture, with_label(rows, label), found);
  }
  add_points(panel, rows, 0.22, Marker::circle, "mean ± its error", gain_mean);
  add_points(panel, rows, 0.0, Marker::square, "ASIC", [](const auto& row) { return row.calibration->asic.gain; });
  add_points(panel, rows, -0.22, Marker::triangle, "ASICgood",
             [](const auto& row) { return row.calibration->asic_good.gain; });
  fit_x_range(panel);
  picture.figure.panels.push_back(std::move(panel));
  return picture;
}

}  // namespace velocal
