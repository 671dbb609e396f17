// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/summary_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "velocal/plot/figure/style.hpp"

namespace velocal {
namespace {

std::string number(double value) {
  return std::isnan(value) ? "nan" : fmt::format("{}", value);
}

}  // namespace

std::string csv_line(const PlottedScan& row, const std::vector<double>& values) {
  std::string line = row.dataset + "," + row.label;
  for (const double value : values) (line += ',') += number(value);
  return line + "\n";
}

std::vector<std::string> labels_of(const SummaryRows& rows) {
  std::vector<std::string> labels;
  for (const PlottedScan& row : rows) {
    if (std::ranges::count(labels, row.label) == 0) labels.push_back(row.label);
  }
  return labels;
}

SummaryRows with_label(const SummaryRows& rows, const std::string& label) {
  SummaryRows chosen;
  std::ranges::copy_if(rows, std::back_inserter(chosen), [&](const auto& row) { return row.label == label; });
  return chosen;
}

SummaryRows by_label(const SummaryRows& rows) {
  SummaryRows sorted;
  for (const std::string& label : labels_of(rows)) {
    const auto part = with_label(rows, label);
    sorted.insert(sorted.end(), part.begin(), part.end());
  }
  return sorted;
}

Colour colour_of(const SummaryRows& rows, const std::string& label) {
  const auto labels = labels_of(rows);
  return style::scan_colour(label, static_cast<std::size_t>(std::ranges::find(labels, label) - labels.begin()));
}

GainSystematics systematics_of(const SummaryRows& rows, const std::string& label,
                               Uncertain (*value)(const PlottedScan&)) {
  std::vector<Uncertain> values;
  for (const PlottedScan& row : with_label(rows, label)) values.push_back(value(row));
  return gain_systematics(std::move(values));
}

Figure row_figure(const SummaryRows& rows, const std::string& title, Panel& panel) {
  std::size_t longest = 0;
  const auto count = static_cast<double>(rows.size());
  panel.y = {"", -0.5, count - 0.5};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string name = fmt::format("{}/{}", rows[i].dataset, rows[i].label);
    longest = std::max(longest, name.size());
    panel.y.ticks.push_back({count - 1.0 - static_cast<double>(i), name});
  }
  const double left = 22.0 + 7.2 * static_cast<double>(longest), right = 150.0;
  Figure figure{.width = left + 330.0 + right,
                .height = std::max(230.0, style::title_height + 60.0 + 40.0 * count),
                .title = title,
                .subtitle = {}};
  style::place(panel, figure, {0, 0}, {1, 1}, {.left = left, .right = right, .top = 6.0});
  panel.legend = LegendPlace::right_of_panel;
  return figure;
}

}  // namespace velocal
