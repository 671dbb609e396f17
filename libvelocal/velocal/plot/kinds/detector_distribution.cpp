// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/detector_distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "velocal/core/histogram.hpp"
#include "velocal/plot/figure/style.hpp"

namespace velocal {
namespace {

std::vector<double> values_over_chips(const DetectorTable& table, std::size_t quantity, std::size_t label) {
  std::vector<double> values;
  for (std::size_t chip = 0; chip < table.chips(); ++chip) {
    const double value = table.row(chip, label).values[quantity].value;
    if (std::isfinite(value)) values.push_back(value);
  }
  return values;
}

/// Bins for all scans, from the values that are no outliers.
Histogram common_bins(const PlottedDetector& detector, std::size_t quantity) {
  std::vector<double> usual;
  for (std::size_t row = 0; row < detector.table->rows.size(); ++row) {
    const double value = detector.table->rows[row].values[quantity].value;
    if (std::isfinite(value) && !detector.is_outlier(quantity, row)) usual.push_back(value);
  }
  return histogram(usual);
}

void add_scan(Panel& panel, const PlottedDetector& detector, std::size_t quantity, std::size_t label,
              const Histogram& bins) {
  const std::vector<double> values = values_over_chips(*detector.table, quantity, label);
  if (values.empty()) return;
  const ChipQuantity& what = chip_quantities[quantity];
  const std::string& name = detector.table->labels[label];
  const Histogram own = histogram_like(bins, values);
  const RobustScatter all = robust_scatter(values);
  const Colour colour = style::scan_colour(name, label);
  std::vector<std::string> legend{fmt::format("{}: {} chips", name, values.size())};
  if (own.outside > 0) legend.push_back(fmt::format("{} beyond the axis", own.outside));
  panel.layers.push_back(style::steps(own, {colour, 1.2}, style::lighter(colour), legend));
  panel.layers.push_back({VerticalLine{all.median, {colour, 1.2, Dash::dashed}},
                          {fmt::format("median {:.5g}", all.median),
                           fmt::format("scatter {:.2g} {}", all.scatter, style::printed_unit(what.unit))}});
}

/// Names and values of outliers, as many as there is room for.
void add_outliers(Panel& panel, const PlottedDetector& detector, std::size_t quantity) {
  constexpr std::size_t most = 10;
  std::size_t count = 0;
  for (const ChipOutlier& outlier : *detector.outliers) {
    if (outlier.quantity != quantity) continue;
    const ChipRow& row = detector.table->rows[outlier.row];
    const Colour colour = style::scan_colour(row.label, outlier.row % detector.table->labels.size());
    if (++count <= most) {
      panel.layers.push_back(
          {Swatch{colour}, {row.asic, fmt::format("{}: {:.4g}", row.label, row.values[quantity].value)}});
    }
  }
  if (count > most) panel.layers.back().legend.push_back(fmt::format("and {} more outliers", count - most));
}

}  // namespace

Figure detector_distribution(const PlottedDetector& detector, std::size_t quantity) {
  const ChipQuantity& what = chip_quantities[quantity];
  Figure figure{.width = 560.0, .height = 372.0, .title = {}, .subtitle = {}};
  figure.title = fmt::format("{}: {}", detector.title, what.meaning);
  const auto count = std::ranges::count(*detector.outliers, quantity, &ChipOutlier::quantity);
  figure.subtitle = fmt::format("{} chips, {} outlier{}", detector.table->chips(), count, count == 1 ? "" : "s");
  const Histogram bins = common_bins(detector, quantity);
  Panel panel;
  style::place(panel, figure, {0, 0}, {1, 1}, {.right = 190.0, .top = 8.0});
  panel.legend = LegendPlace::right_of_panel;
  panel.x = {style::axis_label(what.symbol, what.unit), bins.edges.front(), bins.edges.back()};
  panel.y.label = fmt::format("chips / {:.3g} {}", bins.width(), style::printed_unit(what.unit));
  double highest = 0.0;
  for (std::size_t label = 0; label < detector.table->labels.size(); ++label) {
    add_scan(panel, detector, quantity, label, bins);
    highest = std::max(highest, histogram_like(bins, values_over_chips(*detector.table, quantity, label)).highest());
  }
  panel.y.to = 1.1 * std::max(highest, 1.0);
  add_outliers(panel, detector, quantity);
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace velocal
