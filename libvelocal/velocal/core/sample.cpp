// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/sample.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace velocal {
namespace {

double quantile_of_sorted(const std::vector<double>& sorted, double probability) {
  if (sorted.empty()) return undefined;
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::vector<double> sorted_copy(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  return sorted;
}

Range widened(Range range) {
  if (range.to > range.from) return range;
  const double half = range.from == 0.0 ? 0.5 : 0.05 * std::abs(range.from);
  return {range.from - half, range.to + half};
}

constexpr double lower_sigma = 0.15865525393145705;  ///< share of a normal distribution below -1 sigma

}  // namespace

std::vector<double> finite_values(std::span<const double> values) {
  std::vector<double> finite;
  std::ranges::copy_if(values, std::back_inserter(finite), [](double value) { return std::isfinite(value); });
  return finite;
}

Moments moments(std::span<const double> values) {
  Moments result{.count = values.size()};
  if (values.empty()) return result;
  const auto n = static_cast<double>(values.size());
  double sum = 0.0;
  for (const double value : values) sum += value;
  result.mean = sum / n;
  double squares = 0.0, cubes = 0.0, fourths = 0.0;
  for (const double value : values) {
    const double d = value - result.mean;
    squares += d * d;
    cubes += d * d * d;
    fourths += d * d * d * d;
  }
  const double variance = squares / n;
  result.standard_deviation = std::sqrt(variance);
  result.mean_error = result.standard_deviation / std::sqrt(n);
  if (variance > 0.0) {
    result.skewness = cubes / n / (variance * result.standard_deviation);
    result.kurtosis = fourths / n / (variance * variance) - 3.0;
  }
  return result;
}

double SampleSums::mean_error() const {
  return count > 0.0 ? std::sqrt(std::max(0.0, squares - sum * mean())) / count : undefined;
}

double quantile(std::span<const double> values, double probability) {
  return quantile_of_sorted(sorted_copy(values), probability);
}

Uncertain weighted_median(std::vector<WeightedValue> values, double least) {
  constexpr double error_of_median = 1.2533;  // sqrt(pi/2), in errors of the mean
  double whole = 0.0;
  for (const WeightedValue& each : values) whole += each.information;
  if (!(whole >= least)) return {};
  std::ranges::sort(values, {}, &WeightedValue::value);
  double below = 0.0;
  for (const WeightedValue& each : values) {
    below += each.information;
    if (below >= 0.5 * whole) return {each.value, each.value * error_of_median / std::sqrt(whole)};
  }
  return {};
}

double normal_quantile(double probability) {
  return boost::math::quantile(boost::math::normal(), probability);
}

Range central_range(std::span<const double> values, double share) {
  if (values.empty()) return {};
  const std::vector<double> sorted = sorted_copy(values);
  return widened({quantile_of_sorted(sorted, 0.5 - share / 2), quantile_of_sorted(sorted, 0.5 + share / 2)});
}

Range robust_range(std::span<const double> values, double widths) {
  if (values.empty()) return {};
  const std::vector<double> sorted = sorted_copy(values);
  const double median = quantile_of_sorted(sorted, 0.5);
  const double sigma = 0.5 * (quantile_of_sorted(sorted, 1.0 - lower_sigma) - quantile_of_sorted(sorted, lower_sigma));
  return widened({std::max(sorted.front(), median - widths * sigma), std::min(sorted.back(), median + widths * sigma)});
}

NormalPlot normal_plot(std::span<const double> values, std::size_t most) {
  const std::vector<double> sorted = sorted_copy(values);
  const std::size_t n = sorted.size();
  NormalPlot plot;
  if (n == 0) return plot;
  const auto at = [&](std::size_t rank) {
    return normal_quantile((static_cast<double>(rank) + 0.5) / static_cast<double>(n));
  };
  const double step = -2.0 * at(0) / static_cast<double>(most - 1);
  for (std::size_t rank = 0; rank < n; ++rank) {
    // in the middle many values lie within one step: one of them stands for all
    const double normal = at(rank);
    const bool last = rank + 1 == n;
    if (n > most && !last && !plot.normal.empty() && normal - plot.normal.back() < step) continue;
    plot.normal.push_back(normal);
    plot.value.push_back(sorted[rank]);
  }
  return plot;
}

}  // namespace velocal
