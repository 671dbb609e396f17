// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/detector_scatter.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <vector>

#include "velocal/core/sample.hpp"
#include "velocal/plot/figure/style.hpp"

namespace velocal {
namespace {

void add_point(Points& points, Uncertain x, Uncertain y) {
  points.x.push_back(x.value);
  points.y.push_back(y.value);
  points.x_low.push_back(x.value - x.error);
  points.x_high.push_back(x.value + x.error);
  points.y_low.push_back(y.value - y.error);
  points.y_high.push_back(y.value + y.error);
}

Range with_margin(const std::vector<double>& values) {
  const Range range = central_range(values, 1.0);
  const double margin = 0.06 * (range.to - range.from);
  return {range.from - margin, range.to + margin};
}

}  // namespace

Figure detector_scatter(const PlottedDetector& detector, std::size_t label) {
  const DetectorTable& table = *detector.table;
  Points usual, outliers;
  usual.colour = style::blue;
  outliers.colour = style::orange;
  outliers.marker = Marker::diamond;
  std::vector<std::string> names;
  std::vector<double> differences;
  for (std::size_t chip = 0; chip < table.chips(); ++chip) {
    const Uncertain x = table.row(chip, 0).values[gain_mean_quantity];
    const ChipRow& row = table.row(chip, label);
    const double difference = row.values[gain_difference_quantity].value;
    if (!std::isfinite(difference)) continue;
    differences.push_back(difference);
    const bool far = detector.is_outlier(gain_difference_quantity, chip * table.labels.size() + label);
    add_point(far ? outliers : usual, x, row.values[gain_mean_quantity]);
    if (far) names.push_back(fmt::format("{}: {:+.3g}", row.asic, difference));
  }
  std::vector<double> x = usual.x, y = usual.y;
  x.insert(x.end(), outliers.x.begin(), outliers.x.end());
  y.insert(y.end(), outliers.y.begin(), outliers.y.end());
  const Range across = with_margin(x), upwards = with_margin(y);
  const RobustScatter all = robust_scatter(differences);
  const std::string& first = table.labels.front();
  const std::string& second = table.labels[label];
  Figure figure{.width = 560.0, .height = 400.0, .title = {}, .subtitle = {}};
  figure.title = fmt::format("{}: mean gain, {} against {}", detector.title, second, first);
  figure.subtitle =
      fmt::format("median difference {:+.4g} e⁻/DAC, scatter {:.2g}, {} chips", all.median, all.scatter, all.count);
  Panel panel;
  style::place(panel, figure, {0, 0}, {1, 1}, {.right = 190.0, .top = 8.0});
  panel.legend = LegendPlace::right_of_panel;
  panel.x = {fmt::format("K {} [e⁻/DAC]", first), across.from, across.to};
  panel.y = {fmt::format("K {} [e⁻/DAC]", second), upwards.from, upwards.to};
  panel.layers.push_back(
      {Curve{{across.from, across.to}, {across.from, across.to}, {style::grey, 1.0, Dash::dashed}}, {"equal"}});
  panel.layers.push_back(
      {Curve{{across.from, across.to}, {across.from + all.median, across.to + all.median}, {style::black, 1.0}},
       {"median difference"}});
  panel.layers.push_back({std::move(usual), {"chips"}});
  if (!names.empty()) {
    names.insert(names.begin(), "outliers of the difference");
    if (names.size() > 18) {
      names.resize(18);
      names.back() = "…";
    }
    panel.layers.push_back({std::move(outliers), names});
  }
  figure.panels.push_back(std::move(panel));
  return figure;
}

}  // namespace velocal
