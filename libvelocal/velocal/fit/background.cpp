// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/background.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace velocal {

double estimate_background(const FluxCube& cube) {
  const auto pixels = static_cast<double>(std::ranges::count(cube.mask, std::uint8_t{0}));
  const double whole_exposure = pixels * std::accumulate(cube.live_time_s.begin(), cube.live_time_s.end(), 0.0);
  double hits = 0.0;
  double exposure = 0.0;
  double lowest_limit = std::numeric_limits<double>::infinity();
  double background = 0.0;
  for (std::size_t t = cube.threshold_count(); t-- > 0;) {
    if (cube.live_time_s[t] <= 0.0 || pixels == 0.0) continue;
    const auto counts = cube.counts_at(t);
    hits += static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
    exposure += cube.live_time_s[t] * pixels;
    const double limit = (hits + std::sqrt(hits) + 1.0) / exposure;
    if (limit < lowest_limit) {
      lowest_limit = limit;
      background = (hits + 1.0) / exposure;
    }
    if (hits >= lowest_limit * whole_exposure) break;  // no limit to come can be lower
  }
  return background;
}

}  // namespace velocal
