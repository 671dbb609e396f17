// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/figure/sample.hpp"

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
constexpr double most_bins = 100.0;

}  // namespace

std::vector<double> finite_values(std::span<const double> values) {
  std::vector<double> finite;
  std::ranges::copy_if(values, std::back_inserter(finite), [](double value) { return std::isfinite(value); });
  return finite;
}

double quantile(std::span<const double> values, double probability) {
  return quantile_of_sorted(sorted_copy(values), probability);
}

double normal_quantile(double probability) {
  return boost::math::quantile(boost::math::normal(), probability);
}

Moments moments(std::span<const double> values) {
  Moments result{.count = values.size()};
  if (values.empty()) return result;
  const auto n = static_cast<double>(values.size());
  double sum = 0.0;
  for (const double value : values) sum += value;
  result.mean = sum / n;
  double second = 0.0, third = 0.0, fourth = 0.0;
  for (const double value : values) {
    const double d = value - result.mean;
    second += d * d / n;
    third += d * d * d / n;
    fourth += d * d * d * d / n;
  }
  result.standard_deviation = std::sqrt(second);
  result.mean_error = result.standard_deviation / std::sqrt(n);
  if (second > 0.0) {
    result.skewness = third / (second * result.standard_deviation);
    result.kurtosis = fourth / (second * second) - 3.0;
  }
  return result;
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

double round_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least * (1.0 - 1e-12)) return factor * power;
  }
  return 10.0 * power;
}

double Histogram::highest() const {
  return contents.empty() ? 0.0 : *std::ranges::max_element(contents);
}

Histogram histogram(std::span<const double> values, Range range, std::size_t bins) {
  Histogram result;
  const double width = (range.to - range.from) / static_cast<double>(bins);
  for (std::size_t i = 0; i <= bins; ++i) result.edges.push_back(range.from + width * static_cast<double>(i));
  result.edges.back() = range.to;
  result.contents.assign(bins, 0.0);
  return histogram_like(result, values);
}

Histogram histogram(std::span<const double> values) {
  const Range range = robust_range(values);
  const double quartiles = values.empty() ? 0.0 : quantile(values, 0.75) - quantile(values, 0.25);
  const double finest = values.empty() ? 0.0 : 2.0 * quartiles / std::cbrt(static_cast<double>(values.size()));
  const double step = round_step(std::max((range.to - range.from) / most_bins, finest));
  const double first = std::floor(range.from / step), last = std::max(std::ceil(range.to / step), first + 1.0);
  return histogram(values, {first * step, last * step}, static_cast<std::size_t>(last - first));
}

Histogram histogram_like(const Histogram& other, std::span<const double> values) {
  Histogram result{other.edges, std::vector<double>(other.contents.size(), 0.0)};
  for (const double value : values) {
    if (!(value >= result.edges.front() && value <= result.edges.back())) {
      ++result.outside;
      continue;
    }
    const auto above = std::ranges::upper_bound(result.edges, value);
    const auto bin = std::min<std::ptrdiff_t>(above - result.edges.begin(), std::ssize(result.contents)) - 1;
    result.contents[static_cast<std::size_t>(bin)] += 1.0;
  }
  return result;
}

}  // namespace velocal
