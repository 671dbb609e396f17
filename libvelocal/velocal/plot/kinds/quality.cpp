// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/quality.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "velocal/core/quantity.hpp"
#include "velocal/plot/figure/status_categories.hpp"
#include "velocal/plot/figure/style.hpp"
#include "velocal/plot/kinds/chi2_distribution.hpp"
#include "velocal/plot/kinds/distribution.hpp"
#include "velocal/plot/kinds/flux_curve.hpp"
#include "velocal/plot/kinds/heatmap.hpp"
#include "velocal/plot/kinds/residuals.hpp"

namespace velocal {
namespace {

constexpr std::array<int, 2> grid{2, 3};

/// Edges of a bin for each threshold, halfway between neighbours.
std::vector<double> threshold_edges(const std::vector<int>& threshold) {
  std::vector<double> edges;
  for (std::size_t i = 1; i < threshold.size(); ++i) edges.push_back(0.5 * (threshold[i - 1] + threshold[i]));
  const double half = threshold.size() > 1 ? 0.5 * (threshold[1] - threshold[0]) : 0.5;
  edges.insert(edges.begin(), threshold.front() - half);
  edges.push_back(threshold.back() + half);
  return edges;
}

Panel placed(const Figure& figure, int row, int column, std::string title, const style::Margins& margins = {}) {
  Panel panel;
  panel.title = std::move(title);
  style::place(panel, figure, {row, column}, grid, margins);
  return panel;
}

/// The panel in a cell of the first row, as high as wide, with room for its scale.
Panel square(const Figure& figure, int column, std::string title, Panel panel) {
  const Panel cell = placed(figure, 0, column, std::move(title), {.left = 54.0, .right = 112.0});
  panel.title = cell.title;
  panel.left = cell.left;
  panel.top = cell.top;
  const double side = std::min((cell.right - cell.left) * figure.width, (cell.top - cell.bottom) * figure.height);
  panel.right = panel.left + side / figure.width;
  panel.bottom = panel.top - side / figure.height;
  return panel;
}

std::string flux_title(PixelGroup group) {
  if (group == PixelGroup::all) return "Mean flux of the live pixels";
  return fmt::format("Mean flux of the live pixels, group {}", group_name(group));
}

}  // namespace

std::vector<Picture> quality_pictures(const PlottedScan& scan, const PictureRequest& request) {
  return {{"quality", [scan, palette = request.palette] { return quality_page(scan, palette); }}};
}

Panel acquisitions_panel(const FluxCube& cube, const Figure& figure, Panel panel) {
  struct Quality {
    const char* name;
    const char* colour;
    std::uint32_t AcquisitionTally::*count;
  };
  constexpr std::array<Quality, 4> qualities{{{"good", style::blue, &AcquisitionTally::good},
                                              {"bad", style::orange, &AcquisitionTally::bad},
                                              {"empty", style::black, &AcquisitionTally::empty},
                                              {"rejected", style::yellow, &AcquisitionTally::rejected}}};
  const std::vector<double> edges = threshold_edges(cube.threshold);
  std::vector<double> sum(cube.threshold_count(), 0.0);
  for (const Quality& quality : qualities) {
    double total = 0.0;
    for (std::size_t t = 0; t < sum.size(); ++t) {
      sum[t] += cube.acquisitions[t].*quality.count;
      total += cube.acquisitions[t].*quality.count;
    }
    Bins bins{edges, sum, {.colour = quality.colour, .width = 0.0}, quality.colour};
    // in front of what is drawn so far: smaller sums cover the lower part of larger ones
    panel.layers.insert(panel.layers.begin(), {std::move(bins), {fmt::format("{} {}", quality.name, total)}});
  }
  panel.x = {"Threshold [DAC]", edges.front(), edges.back()};
  panel.y.label = "Acquisitions";
  style::leave_room(panel, figure, *std::ranges::max_element(sum));
  if (panel.y.to < 6.0) {
    for (int count = 0; count <= panel.y.to; ++count)
      panel.y.ticks.push_back({static_cast<double>(count), std::to_string(count)});
  }
  return panel;
}

Figure quality_page(const PlottedScan& scan, Palette palette) {
  const PixelQuantity gain = find_quantity(scan, quantity::gain);
  const PixelMeans& means = scan.calibration->gain_means;
  const StatusCounts counts = count_statuses(scan.fit->pixels);
  const std::size_t live = live_pixels(counts);
  const std::string share = style::percent(static_cast<double>(counts.good), static_cast<double>(live));
  const Uncertain mean{means.mean, means.mean_error};
  Figure figure{.width = 1125.0,
                .height = 610.0,
                .title = fmt::format("{}: quality", scan.title),
                .subtitle = fmt::format("{} of the live pixels good; K = {}; model {}, {}", share,
                                        style::measured(mean, gain.unit), scan.fit->settings.model,
                                        scan.fit->settings.statistic)};
  const ResidualSummary residuals = summarise(scan.fit->residuals);
  if (residuals.bins > 0) figure.subtitle += "; " + shape_text(residuals);
  const Uncertain dispersion = scan.fit->dispersion;
  if (!std::isnan(dispersion.value)) figure.subtitle += fmt::format("; dispersion {:.2f}", dispersion.value);
  figure.panels = {square(figure, 0, "Status of the fits", status_panel(scan.fit->pixels)),
                   square(figure, 1, "Gain", heatmap_panel(gain, palette)),
                   distribution_panel(scan, gain, figure, placed(figure, 0, 2, "Gain of the good pixels")),
                   flux_panel(scan, fitted_asic(*scan.fit, false), placed(figure, 1, 0, flux_title(scan.group))),
                   acquisitions_panel(*scan.flux, figure, placed(figure, 1, 1, "Acquisitions")),
                   chi2_panel(scan, figure, placed(figure, 1, 2, "Goodness of fit"))};
  figure.numbers = {{"good_pixels", {static_cast<double>(counts.good), undefined}},
                    {"live_pixels", {static_cast<double>(live), undefined}},
                    {"K_mean", mean},
                    {"residual_significance", {residuals.significance, undefined}},
                    {"dispersion", dispersion}};
  return figure;
}

}  // namespace velocal
