// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/physical_flux.hpp"

#include <algorithm>
#include <limits>

#include "velocal/core/parallel_for.hpp"
#include "velocal/simulate/flux_table.hpp"
#include "velocal/simulate/stream_seed.hpp"

namespace velocal {
namespace {

std::vector<Signal> draw_signals(const PhysicalTruth& physics, std::uint64_t seed, int threads, std::uint64_t photons) {
  std::vector<ChargeShares> shares;
  for (std::size_t l = 0; l < physics.lines.size(); ++l) {
    const std::uint64_t line_seed = stream_seed(seed, "line", static_cast<std::int64_t>(l));
    shares.push_back(
        draw_charge_shares(physics.lines[l], physics.sensor, physics.sigma_um, photons, line_seed, threads));
  }
  return signals_of(physics.lines, shares);
}

double above_baseline(const Truth& truth, std::size_t pixel, int threshold) {
  return threshold - (truth.line[pixel] - truth.target[pixel]);
}

FluxTable::Range range_of(const Truth& truth, int least_threshold) {
  constexpr double most = std::numeric_limits<double>::max();
  FluxTable::Range range{most, 0.0, most};
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const double noise = truth.width[pixel] / truth.target[pixel];
    range.least_noise = std::min(range.least_noise, noise);
    range.most_noise = std::max(range.most_noise, noise);
    range.least_threshold =
        std::min(range.least_threshold, above_baseline(truth, pixel, least_threshold) / truth.target[pixel]);
  }
  return range;
}

}  // namespace

std::vector<float> physical_flux(const Truth& truth, std::span<const int> threshold, std::uint64_t seed, int threads,
                                 std::uint64_t photons) {
  const FluxTable table(draw_signals(*truth.physics, seed, threads, photons), range_of(truth, threshold.front()),
                        threads);
  std::vector<float> flux(threshold.size() * pixel_count);
  parallel_for(pixel_rows, threads, [&](std::size_t row, int) {
    for (std::size_t pixel = row * pixel_columns; pixel < (row + 1) * pixel_columns; ++pixel) {
      if (truth.physics->rate[pixel] == 0.0) continue;
      const double noise = truth.width[pixel] / truth.target[pixel];
      for (std::size_t t = 0; t < threshold.size(); ++t) {
        const double relative = table(above_baseline(truth, pixel, threshold[t]) / truth.target[pixel], noise);
        // Below the baseline, and where nothing is left, the terms cancel to ±0 within rounding.
        flux[t * pixel_count + pixel] = static_cast<float>(truth.physics->rate[pixel] * std::max(0.0, relative));
      }
    }
  });
  return flux;
}

}  // namespace velocal
