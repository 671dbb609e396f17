// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/saturation.hpp"

#include <utility>

#include "velocal/fit/inference/poisson_mean.hpp"

namespace velocal {
namespace {

constexpr double largest_share_full = 0.01;
constexpr std::size_t fewest_live = 3;

/// Places of the two neighbours of place i of n.
std::pair<std::size_t, std::size_t> neighbours(std::size_t i, std::size_t n) {
  if (i == 0) return {1, 2};
  if (i + 1 == n) return {n - 3, n - 2};
  return {i - 1, i + 1};
}

}  // namespace

Saturation::Saturation(const FluxCube& cube) : cube_(cube) {
  if (cube.counter == 0) return;
  largest_mean_ = poisson_mean_reaching(cube.counter, largest_share_full);
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    if (cube.live_time_s[t] <= 0.0 || cube.acquisitions[t].good == 0) continue;
    live_.push_back(t);
    acquisitions_.push_back(cube.acquisitions[t].good);
  }
  if (live_.size() < fewest_live) return;
  const std::size_t pixels = cube.mask.size();
  full_.assign(pixels * cube.threshold_count(), 0);
  cut_.assign(pixels, 0);
  full_thresholds_.assign(pixels, 0);
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    if (cube.mask[pixel] == 0) judge(pixel);
  }
}

void Saturation::judge(std::size_t pixel) {
  const auto mean = [&](std::size_t place) { return cube_.counts_at(live_[place])[pixel] / acquisitions_[place]; };
  std::uint32_t full = 0, high = 0;
  for (std::size_t i = 0; i < live_.size(); ++i) {
    const auto [before, after] = neighbours(i, live_.size());
    const double expected = 0.5 * (mean(before) + mean(after));
    if (expected >= 0.5 * largest_mean_) ++high;
    if (expected < largest_mean_) continue;
    ++full;
    full_[pixel * cube_.threshold_count() + live_[i]] = 1;
  }
  full_thresholds_[pixel] = full;
  cut_[pixel] = 2 * full > high ? 1 : 0;
  any_ = any_ || full > 0;
}

std::vector<double> Saturation::live_times() const {
  const std::size_t thresholds = cube_.threshold_count();
  std::vector<double> live_times(cube_.mask.size() * thresholds);
  for (std::size_t i = 0; i < live_times.size(); ++i) {
    live_times[i] = any_ && full_[i] != 0 ? 0.0 : cube_.live_time_s[i % thresholds];
  }
  return live_times;
}

}  // namespace velocal
