// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/collection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "velocal/core/histogram.hpp"
#include "velocal/plot/figure/style.hpp"

namespace velocal {
namespace {

/// A scan's part of one column.
struct Entry {
  std::string name;  ///< "warm", "warm/even"
  PixelGroup group;
  std::string label;
  Colour colour;
  PixelQuantity quantity;
  std::vector<double> values;
  Moments found;
  std::vector<double> discrepancy;
};

std::vector<Entry> entries_of(const std::vector<PlottedScan>& scans, const std::string& parameter,
                              const CollectionOptions& options) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < scans.size(); ++i) {
    const PlottedScan& scan = scans[i];
    Entry entry{.name = scan.label,
                .group = scan.group,
                .label = scan.label,
                .colour = style::scan_colour(scan.label, i),
                .quantity = find_quantity(scan, parameter),
                .values = {},
                .found = {},
                .discrepancy = {}};
    if (scan.group != PixelGroup::all) entry.name += fmt::format("/{}", group_name(scan.group));
    if (scan.group == PixelGroup::odd) entry.colour = style::lighter(entry.colour, 0.45);
    entry.values = finite_values(entry.quantity.value.values());
    entry.found = moments(entry.values);
    if (options.discrepancy) entry.discrepancy = finite_values(discrepancies(entry.quantity, *options.discrepancy));
    entries.push_back(std::move(entry));
  }
  return entries;
}

void add_line(Panel& panel, double at, const Colour& colour, Dash dash) {
  if (std::isfinite(at)) panel.layers.push_back({VerticalLine{at, {colour, 1.3, dash}}});
}

Panel histogram_panel(const std::vector<Entry>& entries, const Figure& figure, Panel panel, Histogram& bins) {
  std::vector<double> all;
  for (const Entry& entry : entries) all.insert(all.end(), entry.values.begin(), entry.values.end());
  bins = histogram(all);
  const PixelQuantity& first = entries.front().quantity;
  panel.x = {style::axis_label(first.symbol, first.unit), bins.edges.front(), bins.edges.back()};
  panel.y.label = style::bin_label(bins.width(), first.unit);
  double highest = 0.0;
  for (const Entry& entry : entries) {
    const Histogram own = histogram_like(bins, entry.values);
    highest = std::max(highest, own.highest());
    std::vector<std::string> legend{fmt::format(
        "{}: mean {}", entry.name, style::measured({entry.found.mean, entry.found.mean_error}, first.unit))};
    if (entries.size() <= 2 && entry.found.count > 1) {
      legend.push_back(fmt::format("std. dev. {:#.4g}, {} pixels", entry.found.standard_deviation, entry.found.count));
    }
    if (entries.size() <= 2) {
      legend.push_back(fmt::format("ASIC {}, ASICgood {}", style::measured(entry.quantity.asic),
                                   style::measured(entry.quantity.asic_good)));
    }
    const Colour fill = entries.size() <= 2 ? style::lighter(entry.colour, 0.8) : "";
    panel.layers.push_back(style::steps(own, {entry.colour, 1.3}, fill, legend));
    add_line(panel, entry.found.mean, entry.colour, Dash::solid);
    add_line(panel, entry.quantity.asic.value, entry.colour, Dash::dashed);
    add_line(panel, entry.quantity.asic_good.value, entry.colour, Dash::dotted);
  }
  style::leave_room(panel, figure, highest);
  return panel;
}

const Entry* partner(const std::vector<Entry>& entries, const Entry& even) {
  for (const Entry& entry : entries) {
    if (even.group == PixelGroup::even && entry.group == PixelGroup::odd && entry.label == even.label) return &entry;
  }
  return nullptr;
}

bool has_pairs(const std::vector<PlottedScan>& scans) {
  const auto of = [&](PixelGroup group) {
    return std::ranges::any_of(scans, [&](const PlottedScan& scan) { return scan.group == group; });
  };
  return of(PixelGroup::even) && of(PixelGroup::odd);
}

Panel difference_panel(const std::vector<Entry>& entries, const Histogram& bins, Panel panel) {
  const double from = bins.edges.front(), to = bins.edges.back();
  const PixelQuantity& first = entries.front().quantity;
  panel.x = {style::axis_label(first.symbol, first.unit), from, to};
  panel.layers = {{Band{{from, to}, {-2.0, -2.0}, {2.0, 2.0}, style::light_grey}},
                  {Curve{{from, to}, {0.0, 0.0}, {style::grey, 1.0}}}};
  double largest = 3.0;
  for (const Entry& entry : entries) {
    const Entry* odd = partner(entries, entry);
    if (odd == nullptr) continue;
    const auto difference =
        normalised_difference(histogram_like(bins, entry.values), histogram_like(bins, odd->values));
    Points points;
    points.colour = entry.colour;
    for (std::size_t bin = 0; bin < difference.size(); ++bin) {
      if (!std::isfinite(difference[bin])) continue;
      points.x.push_back(0.5 * (bins.edges[bin] + bins.edges[bin + 1]));
      points.y.push_back(difference[bin]);
      largest = std::max(largest, std::abs(difference[bin]));
    }
    panel.layers.push_back({std::move(points), {entry.label}});
  }
  panel.y = {"(even − odd)/error", -1.15 * largest, 1.6 * largest};
  return panel;
}

Panel overlaid_discrepancies(const std::vector<Entry>& entries, const CollectionOptions& options, const Figure& figure,
                             Panel panel) {
  const std::string symbol(reference_symbol(*options.discrepancy));
  panel.x = {fmt::format("({0} − {1})/√(u² + u²({1}))", entries.front().quantity.symbol, symbol), -10.0, 10.0};
  panel.y.label = "pixels / 0.2";
  double highest = 0.0;
  for (const Entry& entry : entries) {
    const Histogram bins = histogram(entry.discrepancy, {-10.0, 10.0}, 100);
    const auto within = std::ranges::count_if(entry.discrepancy, [](double value) { return std::abs(value) <= 3.0; });
    highest = std::max(highest, bins.highest());
    panel.layers.push_back(style::steps(
        bins, {entry.colour, 1.3}, "",
        {fmt::format("{}: {} within ±3", entry.name,
                     style::percent(static_cast<double>(within), static_cast<double>(entry.discrepancy.size())))}));
  }
  style::leave_room(panel, figure, highest);
  return panel;
}

Panel normal_panel(const std::vector<Entry>& entries, Panel panel) {
  const PixelQuantity& first = entries.front().quantity;
  panel.legend = LegendPlace::top_left;
  panel.x = {"Normal quantile", -4.5, 4.5};
  panel.y.label = style::axis_label(first.symbol, first.unit);
  double lowest = 1e300, highest = -1e300;
  for (const Entry& entry : entries) {
    if (entry.values.size() < 2) continue;
    NormalPlot plot = normal_plot(entry.values);
    lowest = std::min(lowest, plot.value.front());
    highest = std::max(highest, plot.value.back());
    Points points;
    points.x = std::move(plot.normal);
    points.y = std::move(plot.value);
    points.colour = entry.colour;
    const double mean = entry.found.mean, width = entry.found.standard_deviation;
    panel.layers.push_back({std::move(points),
                            {fmt::format("{}: skewness {:.3f}, excess kurtosis {:.3f}", entry.name,
                                         entry.found.skewness, entry.found.kurtosis)}});
    panel.layers.push_back(
        {Curve{{-4.5, 4.5}, {mean - 4.5 * width, mean + 4.5 * width}, {entry.colour, 1.0, Dash::dashed}}});
  }
  if (lowest > highest) return panel;
  const double height = std::max(highest - lowest, 1e-12);
  const double room = 0.06 * static_cast<double>(style::legend_lines(panel)) + 0.06;
  panel.y.from = lowest - 0.05 * height;
  panel.y.to = highest + room * height;
  return panel;
}

}  // namespace

Figure collection(const std::string& title, const std::vector<PlottedScan>& scans, const CollectionOptions& options) {
  const bool pairs = has_pairs(scans);
  const int rows = 1 + (pairs ? 1 : 0) + (options.discrepancy ? 1 : 0) + (options.qq ? 1 : 0);
  const int columns = static_cast<int>(options.parameters.size());
  Figure figure{.width = 380.0 * columns,
                .height = style::title_height + 300.0 * rows,
                .title = title,
                .subtitle = "lines: mean (solid), ASIC (dashed), ASICgood (dotted)"};
  for (int column = 0; column < columns; ++column) {
    const std::string& parameter = options.parameters[static_cast<std::size_t>(column)];
    const std::vector<Entry> entries = entries_of(scans, parameter, options);
    int row = 0;
    const auto next = [&] {
      Panel panel;
      style::place(panel, figure, {row++, column}, {rows, columns}, {.top = 8.0});
      return panel;
    };
    Histogram bins;
    figure.panels.push_back(histogram_panel(entries, figure, next(), bins));
    if (pairs) figure.panels.push_back(difference_panel(entries, bins, next()));
    if (options.discrepancy) figure.panels.push_back(overlaid_discrepancies(entries, options, figure, next()));
    if (options.qq) figure.panels.push_back(normal_panel(entries, next()));
    for (const Entry& entry : entries) {
      figure.numbers.push_back({entry.name + " " + parameter, {entry.found.mean, entry.found.mean_error}});
    }
  }
  return figure;
}

}  // namespace velocal
