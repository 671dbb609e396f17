// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/residuals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "velocal/core/error.hpp"
#include "velocal/plot/figure/style.hpp"
#include "velocal/plot/kinds/summary_rows.hpp"

namespace velocal {
namespace {

constexpr std::array markers{Marker::circle, Marker::square, Marker::triangle, Marker::diamond};
/// Bins with less of the fullest one's live time are not drawn: towards the ends few pixels are left.
constexpr double least_live_time = 0.05;

bool has_residuals(const PlottedScan& scan) {
  return summarise(scan.fit->residuals).bins > 0;
}

void require_residuals(const std::vector<PlottedScan>& scans) {
  const auto found = std::ranges::find_if_not(scans, has_residuals);
  if (found == scans.end()) return;
  throw InputError(fmt::format("{} has no stacked residuals", found->title),
                   found->fit->residuals.curves > 0 ? "its good pixels have too few hits"
                                                    : "it has no good pixel, or its fit is older than they are",
                   "Run velocal-fit --force, or look why no pixel is good");
}

/// The bins that are drawn.
Points points_of(const StackedResiduals& stack) {
  double fullest = 0.0;
  for (std::size_t bin = 0; bin < stack.bins(); ++bin) fullest = std::max(fullest, stack.live_time_s(bin));
  Points points;
  for (std::size_t bin = 0; bin < stack.bins(); ++bin) {
    if (stack.live_time_s(bin) < least_live_time * fullest) continue;
    points.x.push_back(stack.offset[bin]);
    points.y.push_back(stack.residual[bin]);
    points.y_low.push_back(stack.residual[bin] - stack.error[bin]);
    points.y_high.push_back(stack.residual[bin] + stack.error[bin]);
  }
  return points;
}

std::vector<std::string> legend_of(const PlottedScan& scan) {
  const StackedResiduals& stack = scan.fit->residuals;
  const ResidualSummary summary = summarise(stack);
  return {fmt::format("{}: {}, {}", scan.dataset, scan.fit->settings.model, scan.fit->settings.statistic),
          fmt::format("{:+.2g} % of the flux at E0,", 100.0 * summary.share),
          fmt::format("{:.1f} σ at {:+} DAC", std::abs(summary.significance), summary.offset),
          fmt::format("χ²/bins = {:.0f}/{}", summary.chi2, summary.bins), fmt::format("{} good pixels", stack.curves)};
}

void widen(Axis& axis, const std::vector<double>& values) {
  for (const double value : values) {
    axis.from = std::min(axis.from, value);
    axis.to = std::max(axis.to, value);
  }
}

void add_margin(Axis& axis, double share) {
  const double margin = share * (axis.to - axis.from);
  axis.from -= margin;
  axis.to += margin;
}

Panel residual_panel(const std::vector<PlottedScan>& fits) {
  Panel panel{.x = {"Threshold − E0 [DAC]", 0.0, 0.0}, .y = {"", 0.0, 0.0}};
  panel.legend = LegendPlace::right_of_panel;
  for (std::size_t i = 0; i < fits.size(); ++i) {
    Points points = points_of(fits[i].fit->residuals);
    points.colour = style::curve_colours[i % style::curve_colours.size()];
    points.marker = markers[i % markers.size()];
    widen(panel.x, points.x);
    widen(panel.y, points.y_low);
    widen(panel.y, points.y_high);
    std::vector<std::string> legend = legend_of(fits[i]);
    if (i + 1 < fits.size()) legend.emplace_back(" ");  // a gap
    panel.layers.push_back({std::move(points), std::move(legend)});
  }
  add_margin(panel.x, 0.02);
  add_margin(panel.y, 0.05);
  panel.y = style::round_axis("Counted − expected", "hits/s per pixel", panel.y.from, panel.y.to);
  panel.layers.insert(panel.layers.begin(), {Curve{{panel.x.from, panel.x.to}, {0.0, 0.0}, {style::grey, 1.0}}});
  return panel;
}

}  // namespace

std::string shape_text(const ResidualSummary& summary) {
  const double significance = std::abs(summary.significance);
  if (significance < significant_residual) return fmt::format("shape holds ({:.1f} σ)", significance);
  return fmt::format("shape off by {:.2g} % of the flux at the line ({:.0f} σ)", 100.0 * std::abs(summary.share),
                     significance);
}

Figure residual_figure(const std::vector<PlottedScan>& fits) {
  constexpr double legend_width = 210.0;  // points
  const PlottedScan& first = fits.front();
  Figure figure{.width = 480.0 + legend_width,
                .height = std::max(330.0, style::title_height + 60.0 + 92.0 * static_cast<double>(fits.size())),
                .title = fmt::format("{}: stacked residuals", fits.size() == 1 ? first.title : first.label),
                .subtitle = fits.size() == 1 ? shape_text(summarise(first.fit->residuals)) : ""};
  Panel panel = residual_panel(fits);
  style::place(panel, figure, {0, 0}, {1, 1}, {.left = 76.0, .right = legend_width, .top = 6.0});
  figure.panels.push_back(std::move(panel));
  for (const PlottedScan& fit : fits) {
    const ResidualSummary summary = summarise(fit.fit->residuals);
    const std::string name = fmt::format("{}/{}", fit.dataset, fit.label);
    figure.numbers.push_back({name + " largest", summary.largest});
    figure.numbers.push_back({name + " significance", {summary.significance, undefined}});
  }
  return figure;
}

std::vector<Picture> residual_pictures(const std::vector<PlottedScan>& scans, const PictureRequest& request) {
  if (!request.all) require_residuals(scans);
  const PixelGroup group = scans.front().group;
  std::vector<Picture> pictures;
  for (const std::string& label : labels_of(scans)) {
    std::vector<PlottedScan> fits = with_label(scans, label);
    std::erase_if(fits, [](const PlottedScan& scan) { return !has_residuals(scan); });
    if (fits.empty()) continue;
    const std::string suffix = group == PixelGroup::all ? "" : fmt::format("-{}", group_name(group));
    pictures.push_back({fmt::format("residuals-{}{}", label, suffix), [fits] { return residual_figure(fits); }});
  }
  return pictures;
}

}  // namespace velocal
