// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/pixel_summary.hpp"

#include <fmt/format.h>

#include "velocal/plot/figure/status_categories.hpp"

namespace velocal {
namespace {

double percentage(std::size_t part, std::size_t whole) {
  return whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

/// The shares side by side, and the good ones in words above them.
void add_bar(Panel& panel, const StatusCounts& counts, double middle) {
  const std::size_t live = live_pixels(counts);
  double from = 0.0;
  for (const StatusCategory& category : status_categories(counts)) {
    const double to = from + percentage(category.pixels, live);
    panel.layers.push_back(
        {Band{{from, to}, {middle - 0.32, middle - 0.32}, {middle + 0.12, middle + 0.12}, category.colour}});
    from = to;
  }
  panel.layers.push_back(
      {Text{1.0, middle + 0.29, fmt::format("{:.2f} % good, {} pixels", percentage(counts.good, live), counts.good)}});
}

}  // namespace

SummaryPicture pixel_summary(const SummaryRows& scans) {
  const SummaryRows rows = by_label(scans);
  Panel panel;
  SummaryPicture picture{row_figure(rows, "Pixels", panel), {}};
  picture.figure.subtitle = "shares of the live pixels";
  picture.table = "dataset,label,live,good,bad,not_found,cut,good_percent\n";
  panel.x = {"Share [%]", 0.0, 100.0};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const StatusCounts& counts = rows[i].calibration->statuses;
    const std::size_t live = live_pixels(counts);
    const double good = percentage(counts.good, live);
    std::vector<double> numbers{static_cast<double>(live)};
    for (const StatusCategory& category : status_categories(counts)) {
      numbers.push_back(static_cast<double>(category.pixels));
    }
    numbers.push_back(good);
    picture.table += csv_line(rows[i], numbers);
    picture.figure.numbers.push_back({rows[i].dataset + "/" + rows[i].label, {good, undefined}});
    add_bar(panel, counts, panel.y.ticks[i].at);
  }
  for (const StatusCategory& category : status_categories({})) {
    panel.layers.push_back({Swatch{category.colour}, {category.name}});
  }
  picture.figure.panels.push_back(std::move(panel));
  return picture;
}

}  // namespace velocal
