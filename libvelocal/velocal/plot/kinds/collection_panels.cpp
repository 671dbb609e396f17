// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/collection_panels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "velocal/plot/figure/style.hpp"
#include "velocal/plot/kinds/discrepancy.hpp"

namespace velocal {
namespace {

constexpr double furthest = 10.0;          ///< distance to the ASIC that is shown [standard deviations]
constexpr double furthest_quantile = 4.5;  ///< normal quantile that is shown

const PixelQuantity& quantity_of(const CollectionEntries& entries) {
  return entries.front().quantity;
}

void add_line(Panel& panel, double at, const Colour& colour, Dash dash) {
  if (std::isfinite(at)) panel.layers.push_back({VerticalLine{at, {colour, 1.3, dash}}});
}

/// Name and mean; where there is room, also what else is known.
std::vector<std::string> legend_of(const CollectionEntry& entry, bool has_room) {
  const PixelQuantity& quantity = entry.quantity;
  const Moments& found = entry.found;
  std::vector<std::string> legend{
      fmt::format("{}: mean {}", entry.name, style::measured({found.mean, found.mean_error}, quantity.unit))};
  if (!has_room) return legend;
  if (found.count > 1) {
    legend.push_back(fmt::format("std. dev. {:#.4g}, {} pixels", found.standard_deviation, found.count));
  }
  legend.push_back(
      fmt::format("ASIC {}, ASICgood {}", style::measured(quantity.asic), style::measured(quantity.asic_good)));
  return legend;
}

/// The odd columns of the label of these even ones; null when there are none.
const CollectionEntry* odd_partner(const CollectionEntries& entries, const CollectionEntry& even) {
  for (const CollectionEntry& entry : entries) {
    if (even.group == PixelGroup::even && entry.group == PixelGroup::odd && entry.label == even.label) return &entry;
  }
  return nullptr;
}

Points difference_points(const CollectionEntry& even, const CollectionEntry& odd, const Histogram& bins) {
  const auto difference = normalised_difference(histogram_like(bins, even.values), histogram_like(bins, odd.values));
  Points points;
  points.colour = even.colour;
  for (std::size_t bin = 0; bin < difference.size(); ++bin) {
    if (!std::isfinite(difference[bin])) continue;
    points.x.push_back(0.5 * (bins.edges[bin] + bins.edges[bin + 1]));
    points.y.push_back(difference[bin]);
  }
  return points;
}

/// The values, and the line of the normal distribution of their mean and width.
void add_normal_plot(Panel& panel, const CollectionEntry& entry, NormalPlot plot) {
  const Moments& found = entry.found;
  const double end = furthest_quantile, reach = furthest_quantile * found.standard_deviation;
  Points points;
  points.x = std::move(plot.normal);
  points.y = std::move(plot.value);
  points.colour = entry.colour;
  panel.layers.push_back(
      {std::move(points),
       {fmt::format("{}: skewness {:.3f}, excess kurtosis {:.3f}", entry.name, found.skewness, found.kurtosis)}});
  panel.layers.push_back(
      {Curve{{-end, end}, {found.mean - reach, found.mean + reach}, {entry.colour, 1.0, Dash::dashed}}});
}

}  // namespace

Histogram common_bins(const CollectionEntries& entries) {
  std::vector<double> all;
  for (const CollectionEntry& entry : entries) all.insert(all.end(), entry.values.begin(), entry.values.end());
  return histogram(all);
}

Panel histograms_panel(const CollectionEntries& entries, const Histogram& bins, const Figure& figure, Panel panel) {
  const PixelQuantity& quantity = quantity_of(entries);
  const bool few = entries.size() <= 2;
  panel.x = {style::axis_label(quantity.symbol, quantity.unit), bins.edges.front(), bins.edges.back()};
  panel.y.label = style::bin_label(bins.width(), quantity.unit);
  double highest = 0.0;
  for (const CollectionEntry& entry : entries) {
    const Histogram own = histogram_like(bins, entry.values);
    highest = std::max(highest, own.highest());
    const Colour fill = few ? style::lighter(entry.colour, 0.8) : "";
    panel.layers.push_back(style::steps(own, {entry.colour, 1.3}, fill, legend_of(entry, few)));
    add_line(panel, entry.found.mean, entry.colour, Dash::solid);
    add_line(panel, entry.quantity.asic.value, entry.colour, Dash::dashed);
    add_line(panel, entry.quantity.asic_good.value, entry.colour, Dash::dotted);
  }
  style::leave_room(panel, figure, highest);
  return panel;
}

Panel differences_panel(const CollectionEntries& entries, const Histogram& bins, Panel panel) {
  const double from = bins.edges.front(), to = bins.edges.back();
  const PixelQuantity& quantity = quantity_of(entries);
  panel.x = {style::axis_label(quantity.symbol, quantity.unit), from, to};
  panel.layers = {{Band{{from, to}, {-2.0, -2.0}, {2.0, 2.0}, style::light_grey}},
                  {Curve{{from, to}, {0.0, 0.0}, {style::grey, 1.0}}}};
  double largest = 3.0;
  for (const CollectionEntry& even : entries) {
    const CollectionEntry* odd = odd_partner(entries, even);
    if (odd == nullptr) continue;
    Points points = difference_points(even, *odd, bins);
    for (const double difference : points.y) largest = std::max(largest, std::abs(difference));
    panel.layers.push_back({std::move(points), {even.label}});
  }
  panel.y = {"(even − odd)/error", -1.15 * largest, 1.6 * largest};
  return panel;
}

Panel discrepancies_panel(const CollectionEntries& entries, const DiscrepancyReference& reference, const Figure& figure,
                          Panel panel) {
  panel.x = {discrepancy_label(quantity_of(entries), reference), -furthest, furthest};
  panel.y.label = "pixels / 0.2";
  double highest = 0.0;
  for (const CollectionEntry& entry : entries) {
    const Histogram bins = histogram(entry.discrepancy, {-furthest, furthest}, 100);
    const auto within = std::ranges::count_if(entry.discrepancy, [](double value) { return std::abs(value) <= 3.0; });
    const auto all = static_cast<double>(entry.discrepancy.size());
    highest = std::max(highest, bins.highest());
    panel.layers.push_back(
        style::steps(bins, {entry.colour, 1.3}, "",
                     {fmt::format("{}: {} within ±3", entry.name, style::percent(static_cast<double>(within), all))}));
  }
  style::leave_room(panel, figure, highest);
  return panel;
}

Panel normal_panel(const CollectionEntries& entries, Panel panel) {
  const PixelQuantity& quantity = quantity_of(entries);
  panel.legend = LegendPlace::top_left;
  panel.x = {"Normal quantile", -furthest_quantile, furthest_quantile};
  panel.y.label = style::axis_label(quantity.symbol, quantity.unit);
  double lowest = 1e300, highest = -1e300;
  for (const CollectionEntry& entry : entries) {
    if (entry.values.size() < 2) continue;
    NormalPlot plot = normal_plot(entry.values);
    lowest = std::min(lowest, plot.value.front());
    highest = std::max(highest, plot.value.back());
    add_normal_plot(panel, entry, std::move(plot));
  }
  if (lowest > highest) return panel;
  const double height = std::max(highest - lowest, 1e-12);
  const double room = 0.06 * static_cast<double>(style::legend_lines(panel)) + 0.06;
  panel.y.from = lowest - 0.05 * height;
  panel.y.to = highest + room * height;
  return panel;
}

}  // namespace velocal
