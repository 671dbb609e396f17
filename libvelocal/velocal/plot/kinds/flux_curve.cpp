// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/flux_curve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "velocal/core/quantity.hpp"
#include "velocal/plot/figure/style.hpp"
#include "velocal/plot/kinds/flux_legend.hpp"

namespace velocal {
namespace {

constexpr double right_margin = 16.0, difference_height = 112.0, gap = 8.0;  ///< points

std::string threshold_label(const PlottedScan& scan) {
  return scan.fit->settings.baseline == BaselineMode::after ? "Threshold [DAC]" : "Threshold − baseline [DAC]";
}

Range threshold_range(const std::vector<FittedCurve>& curves) {
  Range range{1e300, -1e300};
  for (const FittedCurve& curve : curves) {
    if (curve.data.threshold.empty()) continue;
    range.from = std::min(range.from, curve.data.threshold.front());
    range.to = std::max(range.to, curve.data.threshold.back());
  }
  if (range.from > range.to) return {};
  const double margin = std::max(0.5, 0.015 * (range.to - range.from));
  return {range.from - margin, range.to + margin};
}

double highest(const std::vector<FittedCurve>& curves) {
  double value = 0.0;
  for (const FittedCurve& curve : curves) {
    for (const double end : curve.high) value = std::max(value, end);
    for (const double point : curve.line.y) value = std::max(value, point);
  }
  return value > 0.0 ? value : 1.0;
}

Points points_of(const FittedCurve& curve, const Colour& colour) {
  return {.x = curve.data.threshold,
          .y = curve.data.flux,
          .y_low = curve.low,
          .y_high = curve.high,
          .x_low = {},
          .x_high = {},
          .colour = colour};
}

void add_curve(Panel& panel, const FittedCurve& curve, const CurveLooks& looks) {
  Curve line = curve.line;
  line.stroke = {looks.line, 1.6, curve.line.stroke.dash};
  panel.layers.push_back({points_of(curve, looks.points)});
  panel.layers.push_back({std::move(line)});
}

/// The legend of the only curve, which has room below the shelf.
void add_legend(Panel& panel, const FluxLegend& legend) {
  panel.legend = LegendPlace::bottom_left;
  panel.layers[0].legend = legend.points;
  panel.layers[1].legend = legend.line;
}

/// Makes the flux's axis logarithmic, from half of the lowest flux that is not 0; bars end there.
void use_log_axis(Panel& panel, double highest) {
  double lowest = highest;
  for (const Layer& layer : panel.layers) {
    const auto* points = std::get_if<Points>(&layer.drawn);
    if (points == nullptr) continue;
    for (const double flux : points->y) lowest = flux > 0.0 ? std::min(lowest, flux) : lowest;
  }
  panel.y = {.label = "Flux [hits/s]", .from = 0.5 * lowest, .to = 2.0 * highest, .log = true};
  for (Layer& layer : panel.layers) {
    if (auto* points = std::get_if<Points>(&layer.drawn)) {
      for (double& low : points->y_low) low = std::max(low, panel.y.from);
    }
  }
}

void add_main(Panel& panel, const PlottedScan& scan, const std::vector<FittedCurve>& curves, bool log = false) {
  const Range range = threshold_range(curves);
  panel.x = {threshold_label(scan), range.from, range.to};
  const double top = highest(curves);
  panel.y = style::round_axis("Flux", "hits/s", -0.03 * top, 1.08 * top);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    add_curve(panel, curves[i], looks_of(scan, i, curves.size()));
  }
  if (log) use_log_axis(panel, top);
}

/// Residuals or pulls of one curve. Returns the largest distance from 0 that is drawn.
double add_differences(Panel& panel, const FittedCurve& curve, const Colour& colour, bool pulls) {
  double largest = 0.0;
  Points points;
  points.colour = colour;
  for (std::size_t i = 0; i < curve.fitted.size(); ++i) {
    const double scale = pulls ? curve.sigma[i] : 1.0;
    if (!(scale > 0.0)) continue;
    const double low = (curve.low[i] - curve.fitted[i]) / scale, high = (curve.high[i] - curve.fitted[i]) / scale;
    points.x.push_back(curve.data.threshold[i]);
    points.y.push_back((curve.data.flux[i] - curve.fitted[i]) / scale);
    if (!pulls) points.y_low.push_back(low);
    if (!pulls) points.y_high.push_back(high);
    largest = std::max(largest, pulls ? std::abs(points.y.back()) : std::max(std::abs(low), std::abs(high)));
  }
  panel.layers.push_back({std::move(points)});
  return largest;
}

/// Residuals, or pulls with a band of +-2.
Panel difference_panel(const PlottedScan& scan, const std::vector<FittedCurve>& curves, bool pulls) {
  Panel panel;
  const Range range = threshold_range(curves);
  panel.x = {threshold_label(scan), range.from, range.to};
  if (pulls) panel.layers.push_back({Band{{range.from, range.to}, {-2.0, -2.0}, {2.0, 2.0}, style::light_grey}});
  panel.layers.push_back({Curve{{range.from, range.to}, {0.0, 0.0}, {style::grey, 1.0}}});
  double largest = pulls ? 3.0 : 0.0;
  for (std::size_t c = 0; c < curves.size(); ++c) {
    const Colour colour = looks_of(scan, c, curves.size()).points;
    largest = std::max(largest, add_differences(panel, curves[c], colour, pulls));
  }
  if (!(largest > 0.0)) largest = 1.0;
  panel.y = style::round_axis(pulls ? "Pull" : "Residual", pulls ? "" : "hits/s", -1.15 * largest, 1.15 * largest, 6);
  return panel;
}

/// Places the panels below one another. All but the first have a fixed height; the first takes what these leave.
void stack(std::vector<Panel>& panels, const Figure& figure, double margin) {
  constexpr double left = 66.0, bottom = 42.0;
  double low = bottom;
  for (std::size_t i = panels.size(); i-- > 0;) {
    Panel& panel = panels[i];
    const double high = i == 0 ? figure.height - style::title_height - 4.0 : low + difference_height;
    panel.left = left / figure.width;
    panel.right = (figure.width - margin) / figure.width;
    panel.bottom = low / figure.height;
    panel.top = high / figure.height;
    low = high + gap;
    if (i + 1 == panels.size()) continue;
    panel.x.label.clear();
    panel.x.numbered = false;
  }
}

}  // namespace

Panel flux_panel(const PlottedScan& scan, const FittedCurve& curve, Panel placed) {
  add_main(placed, scan, {curve});
  // a short legend, its longest line last and below the tail, stays clear of the curve
  placed.y.from *= 4.0;
  FluxLegend legend = flux_legend(curve, false);
  std::erase_if(legend.line,
                [](const std::string& line) { return !line.starts_with(quantity::line) && !line.starts_with("χ²"); });
  for (std::string& line : legend.line) line = line.substr(0, line.find(" DAC"));
  std::ranges::reverse(legend.line);
  add_legend(placed, legend);
  return placed;
}

Figure flux_figure(const PlottedScan& scan, const std::vector<FittedCurve>& curves, FluxPanels below) {
  Figure figure{.title = fmt::format("{}: flux, model {}", scan.title, scan.fit->settings.model),
                .subtitle = curves.size() == 1 ? curves[0].name : fmt::format("{} curves", curves.size())};
  // without a fit there are neither
  if (std::ranges::all_of(curves, [](const FittedCurve& curve) { return curve.fitted.empty(); }))
    below.residuals = below.pulls = false;
  figure.height += (gap + difference_height) * ((below.residuals ? 1.0 : 0.0) + (below.pulls ? 1.0 : 0.0));
  figure.panels.emplace_back();
  add_main(figure.panels[0], scan, curves, below.log);
  if (below.residuals) figure.panels.push_back(difference_panel(scan, curves, false));
  if (below.pulls) figure.panels.push_back(difference_panel(scan, curves, true));
  stack(figure.panels, figure, right_margin);
  const Panel& main = figure.panels[0];
  const bool inside =
      !below.log && curves.size() == 1 &&
      fits_below(curves[0], main, (main.right - main.left) * figure.width, (main.top - main.bottom) * figure.height);
  if (inside) {
    add_legend(figure.panels[0], flux_legend(curves[0], true));
    return figure;
  }
  const double width = legend_width(curves);
  figure.width += width;
  figure.height = std::max(figure.height, style::title_height + 20.0 + legend_height(curves));
  stack(figure.panels, figure, right_margin + width);
  figure.panels.push_back(legend_panel(scan, curves, figure));
  return figure;
}

}  // namespace velocal
