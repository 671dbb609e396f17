// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/figure/sample_comparison.hpp"

#include <algorithm>
#include <cmath>

#include "velocal/core/uncertain.hpp"

namespace velocal {

std::vector<double> normalised_difference(const Histogram& a, const Histogram& b) {
  const auto entries = [](const Histogram& histogram) {
    double sum = static_cast<double>(histogram.outside);
    for (const double content : histogram.contents) sum += content;
    return sum;
  };
  const double all_a = entries(a), all_b = entries(b);
  std::vector<double> difference(a.contents.size(), undefined);
  for (std::size_t bin = 0; bin < difference.size(); ++bin) {
    const double part_a = a.contents[bin] / all_a, part_b = b.contents[bin] / all_b;
    const double error = std::sqrt(part_a / all_a + part_b / all_b);
    if (error > 0.0) difference[bin] = (part_a - part_b) / error;
  }
  return difference;
}

NormalPlot normal_plot(std::span<const double> values, std::size_t most) {
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const std::size_t n = sorted.size();
  NormalPlot plot;
  if (n == 0) return plot;
  const auto at = [&](std::size_t rank) {
    return normal_quantile((static_cast<double>(rank) + 0.5) / static_cast<double>(n));
  };
  const double step = -2.0 * at(0) / static_cast<double>(most - 1);
  for (std::size_t rank = 0; rank < n; ++rank) {
    // in the middle one step holds many values, of which one stands for all
    const double normal = at(rank);
    const bool last = rank + 1 == n;
    if (n > most && !last && !plot.normal.empty() && normal - plot.normal.back() < step) continue;
    plot.normal.push_back(normal);
    plot.value.push_back(sorted[rank]);
  }
  return plot;
}

}  // namespace velocal
