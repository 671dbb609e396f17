// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/noise_moments.hpp"

#include <cmath>

namespace velocal {

NoiseEstimate noise_moments(const NoiseReadings& readings) {
  const HitSums sums = hit_sums(readings);
  if (sums.hits == 0.0) return {};
  const double mean = sums.weighted / sums.hits;
  const double width = width_about(mean, readings, sums.hits);
  return {mean, width / std::sqrt(sums.hits), width};
}

}  // namespace velocal
