// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/pixel_cube.hpp"

#include <cmath>

#include "support/model_formulas.hpp"
#include "velocal/core/uncertain.hpp"

namespace velocal::test {

std::vector<int> threshold_range(int from, int to) {
  std::vector<int> thresholds;
  for (int threshold = from; threshold <= to; ++threshold) thresholds.push_back(threshold);
  return thresholds;
}

FluxCube masked_cube(std::vector<int> thresholds, double live_time_s) {
  FluxCube cube;
  cube.counts.resize(thresholds.size() * pixel_count);
  cube.live_time_s.assign(thresholds.size(), live_time_s);
  cube.acquisitions.assign(thresholds.size(), {1, 0, 0, 0});
  cube.mask = PixelMask(1);
  const std::vector<double> none(thresholds.size(), undefined);
  cube.asic.fill({{thresholds.begin(), thresholds.end()}, none, none});
  cube.threshold = std::move(thresholds);
  return cube;
}

void set_pixel(FluxCube& cube, std::size_t pixel, std::span<const std::uint32_t> counts) {
  cube.mask[pixel] = 0;
  for (std::size_t t = 0; t < counts.size(); ++t) cube.counts[t * pixel_count + pixel] = counts[t];
}

std::vector<double> expected_counts(const FluxCube& cube, std::string_view model,
                                    const std::vector<double>& parameters) {
  const std::vector<long double> exact(parameters.begin(), parameters.end());
  std::vector<double> expected;
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    expected.push_back(cube.live_time_s[t] * static_cast<double>(formula(model, exact, cube.threshold[t])));
  }
  return expected;
}

std::vector<std::uint32_t> rounded(const std::vector<double>& expected) {
  std::vector<std::uint32_t> counts;
  for (const double mean : expected) counts.push_back(static_cast<std::uint32_t>(std::lround(mean)));
  return counts;
}

std::vector<std::uint32_t> drawn(const std::vector<double>& expected, std::mt19937_64& random) {
  std::vector<std::uint32_t> counts;
  for (const double mean : expected) {
    counts.push_back(mean > 0.0 ? std::poisson_distribution<std::uint32_t>(mean)(random) : 0);
  }
  return counts;
}

void set_asic_curve(FluxCube& cube) {
  FluxCurve& curve = cube.asic[static_cast<std::size_t>(PixelGroup::all)];
  curve = {};
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    double hits = 0.0, pixels = 0.0;
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      if (cube.mask[pixel] != 0) continue;
      hits += cube.counts_at(t)[pixel];
      pixels += 1.0;
    }
    const double exposure = pixels * cube.live_time_s[t];
    curve.threshold.push_back(cube.threshold[t]);
    curve.flux.push_back(exposure > 0.0 ? hits / exposure : undefined);
    curve.error.push_back(exposure > 0.0 ? std::sqrt(hits) / exposure : undefined);
  }
}

}  // namespace velocal::test
