// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/pixel_noise.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <vector>

#include "velocal/core/parallel_for.hpp"
#include "velocal/noise/counter_code.hpp"
#include "velocal/noise/noise_estimator.hpp"
#include "velocal/noise/noise_scan.hpp"

namespace velocal {
namespace {

/// A bump that is highest at an end goes on outside.
bool is_cut_off(std::span<const std::uint16_t> hits, std::uint16_t highest) {
  return hits.front() == highest || hits.back() == highest;
}

NoiseStatus status_of(std::span<const std::uint16_t> hits, std::uint32_t sum, const NoiseEstimate& estimate) {
  const std::uint16_t highest = *std::ranges::max_element(hits);
  if (sum == 0) return NoiseStatus::no_hits;
  if (sum == 1) return NoiseStatus::one_hit;
  if (is_cut_off(hits, highest)) return NoiseStatus::cut_off;
  if (!std::isfinite(estimate.mean) || !std::isfinite(estimate.width)) return NoiseStatus::undetermined;
  return highest >= full_counter ? NoiseStatus::saturated : NoiseStatus::good;
}

/// Readings of the pixels of one row, [256][points]: those of a pixel side by side.
void gather_row(const NoiseScan& scan, std::size_t row, std::vector<std::uint16_t>& readings) {
  const auto points = static_cast<std::size_t>(scan.sweep.points);
  readings.resize(points * pixel_columns);
  for (std::size_t point = 0; point < points; ++point) {
    const std::uint16_t* from = scan.hits.data() + point * pixel_count + row * pixel_columns;
    for (std::size_t column = 0; column < pixel_columns; ++column) readings[column * points + point] = from[column];
  }
}

}  // namespace

std::size_t PixelNoise::count(NoiseStatus wanted) const {
  return static_cast<std::size_t>(std::ranges::count(status, static_cast<std::uint8_t>(wanted)));
}

PixelNoise pixel_noise(const NoiseScan& scan, std::string_view name, int threads) {
  const NoiseEstimator& estimator = noise_estimator(name);
  const std::vector<int> thresholds = scan.sweep.thresholds();
  std::vector<std::vector<std::uint16_t>> rows(static_cast<std::size_t>(worker_count(pixel_rows, threads)));
  PixelNoise noise;
  parallel_for(pixel_rows, threads, [&](std::size_t row, int worker) {
    auto& readings = rows[static_cast<std::size_t>(worker)];
    gather_row(scan, row, readings);
    for (std::size_t column = 0; column < pixel_columns; ++column) {
      const std::size_t pixel = row * pixel_columns + column;
      const auto hits = std::span(readings).subspan(column * thresholds.size(), thresholds.size());
      const NoiseEstimate estimate = estimator.estimate({thresholds, hits, scan.sweep.step});
      noise.hits[pixel] = std::accumulate(hits.begin(), hits.end(), std::uint32_t{0});
      noise.mean[pixel] = estimate.mean;
      noise.error[pixel] = estimate.error;
      noise.width[pixel] = estimate.width;
      noise.status[pixel] = static_cast<std::uint8_t>(status_of(hits, noise.hits[pixel], estimate));
    }
  });
  return noise;
}

}  // namespace velocal
