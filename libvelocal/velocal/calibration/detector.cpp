// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/detector.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "velocal/core/sample.hpp"

namespace velocal {
namespace {

constexpr std::size_t fewest_chips = 4;  ///< of three, two may lie together by chance

/// Looks at one quantity of the scans of one label.
void add_outliers(const DetectorTable& table, std::size_t quantity, std::size_t label,
                  std::vector<ChipOutlier>& outliers) {
  std::vector<double> values;
  for (std::size_t chip = 0; chip < table.chips(); ++chip) {
    const double value = table.row(chip, label).values[quantity].value;
    if (std::isfinite(value)) values.push_back(value);
  }
  const RobustScatter all = robust_scatter(values);
  const double limit = outlier_limit(all.count);
  const ChipQuantity& rule = chip_quantities[quantity];
  const double least = rule.least_share * std::abs(all.median) + rule.least_amount;
  for (std::size_t chip = 0; chip < table.chips(); ++chip) {
    const auto [value, error] = table.row(chip, label).values[quantity];
    const double scale = std::isfinite(error) ? std::max(all.scatter, error) : all.scatter;
    const double off = value - all.median;
    if (!(std::abs(off) > limit * scale && std::abs(off) > least)) continue;
    outliers.push_back({quantity, chip * table.labels.size() + label, all.median, off / scale});
  }
}

}  // namespace

RobustScatter robust_scatter(std::span<const double> values) {
  const double median = quantile(values, 0.5);
  std::vector<double> distances;
  for (const double value : values) distances.push_back(std::abs(value - median));
  return {values.size(), median, 1.4826 * quantile(distances, 0.5)};
}

double outlier_limit(std::size_t n) {
  if (n < fewest_chips) return std::numeric_limits<double>::infinity();
  return 5.0 * (1.0 + 8.0 / static_cast<double>(n));
}

std::vector<ChipOutlier> find_outliers(const DetectorTable& table) {
  std::vector<ChipOutlier> outliers;
  for (std::size_t quantity = 0; quantity < chip_quantities.size(); ++quantity) {
    for (std::size_t label = 0; label < table.labels.size(); ++label) add_outliers(table, quantity, label, outliers);
  }
  return outliers;
}

}  // namespace velocal
