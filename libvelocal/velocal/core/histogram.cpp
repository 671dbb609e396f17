// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/histogram.hpp"

#include <algorithm>
#include <cmath>

namespace velocal {
namespace {

constexpr double most_bins = 100.0;

double entries(const Histogram& histogram) {
  auto sum = static_cast<double>(histogram.outside);
  for (const double content : histogram.contents) sum += content;
  return sum;
}

}  // namespace

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

std::vector<double> normalised_difference(const Histogram& a, const Histogram& b) {
  const double all_a = entries(a), all_b = entries(b);
  std::vector<double> difference(a.contents.size(), undefined);
  for (std::size_t bin = 0; bin < difference.size(); ++bin) {
    const double part_a = a.contents[bin] / all_a, part_b = b.contents[bin] / all_b;
    const double error = std::sqrt(part_a / all_a + part_b / all_b);
    if (error > 0.0) difference[bin] = (part_a - part_b) / error;
  }
  return difference;
}

double round_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least * (1.0 - 1e-12)) return factor * power;
  }
  return 10.0 * power;
}

}  // namespace velocal
