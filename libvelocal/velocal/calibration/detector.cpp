// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/detector.hpp"

#include <algorithm>
#include <cmath>

#include "velocal/core/sample.hpp"

namespace velocal {
namespace {

constexpr std::size_t fewest_chips = 6;  ///< of five, one in 16 samples has a value beyond the limit by chance

/// n values have n(n-1)/2 distances. Of the smallest of them, the one is taken that half of the values have by
/// themselves.
double pair_scatter(std::span<const double> values) {
  std::vector<double> distances;
  distances.reserve(values.size() * (values.size() - 1) / 2);
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) distances.push_back(std::abs(values[i] - values[j]));
  }
  const std::size_t half = values.size() / 2 + 1;
  const auto taken = distances.begin() + static_cast<std::ptrdiff_t>(half * (half - 1) / 2 - 1);
  std::ranges::nth_element(distances, taken);
  const double n = static_cast<double>(values.size());
  const double few = n / (n + (values.size() % 2 == 1 ? 1.4 : 3.8));  // Croux and Rousseeuw, COMPSTAT 1 (1992) 411
  return 2.2219 * few * *taken;
}

/// Looks at one quantity of the scans of one label.
void add_outliers(const DetectorTable& table, std::size_t quantity, std::size_t label,
                  std::vector<ChipOutlier>& outliers) {
  std::vector<double> values;
  for (std::size_t chip = 0; chip < table.chips(); ++chip) {
    const double value = table.row(chip, label).values[quantity].value;
    if (std::isfinite(value)) values.push_back(value);
  }
  const RobustScatter all = robust_scatter(values);
  if (all.count < fewest_chips) return;
  const ChipQuantity& rule = chip_quantities[quantity];
  const double least = rule.least_share * std::abs(all.median) + rule.least_amount;
  for (std::size_t chip = 0; chip < table.chips(); ++chip) {
    const auto [value, error] = table.row(chip, label).values[quantity];
    const double scale = std::max({all.scatter, least / outlier_limit, std::isfinite(error) ? error : 0.0});
    const double off = value - all.median;
    if (!(std::abs(off) > outlier_limit * scale)) continue;
    outliers.push_back({quantity, chip * table.labels.size() + label, all.median, off / scale});
  }
}

}  // namespace

RobustScatter robust_scatter(std::span<const double> values) {
  return {values.size(), quantile(values, 0.5), values.size() < 2 ? undefined : pair_scatter(values)};
}

std::vector<ChipOutlier> find_outliers(const DetectorTable& table) {
  std::vector<ChipOutlier> outliers;
  for (std::size_t quantity = 0; quantity < chip_quantities.size(); ++quantity) {
    for (std::size_t label = 0; label < table.labels.size(); ++label) add_outliers(table, quantity, label, outliers);
  }
  return outliers;
}

}  // namespace velocal
