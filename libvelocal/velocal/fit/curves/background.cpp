// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/background.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace velocal {
namespace {

std::vector<std::size_t> taken_curves(const Curves& curves) {
  std::vector<std::size_t> taken;
  for (std::size_t curve = 0; curve < curves.size(); ++curve) {
    if (curves.skipped_for(curve) == StatusReason::none) taken.push_back(curve);
  }
  return taken;
}

/// Exposure of these curves at each threshold [s].
std::vector<double> exposures(const Curves& curves, const std::vector<std::size_t>& taken) {
  std::vector<double> exposure(curves.threshold_count(), 0.0);
  if (curves.same_live_time()) {
    for (std::size_t t = 0; t < exposure.size(); ++t) {
      exposure[t] = curves.live_time_s[t] * static_cast<double>(taken.size());
    }
    return exposure;
  }
  for (const std::size_t curve : taken) {
    for (std::size_t t = 0; t < exposure.size(); ++t) exposure[t] += curves.live_time_of(curve)[t];
  }
  return exposure;
}

/// A curve's counts take part where it has live time.
double hits_at(const Curves& curves, const std::vector<std::size_t>& taken, std::size_t t) {
  std::uint64_t hits = 0;
  for (const std::size_t curve : taken) {
    if (curves.same_live_time() || curves.live_time_of(curve)[t] > 0.0) hits += curves.counts(curve, t);
  }
  return static_cast<double>(hits);
}

}  // namespace

double estimate_background(const Curves& curves) {
  const std::vector<std::size_t> taken = taken_curves(curves);
  const std::vector<double> exposure_at = exposures(curves, taken);
  const double whole_exposure = std::accumulate(exposure_at.begin(), exposure_at.end(), 0.0);
  double hits = 0.0;
  double exposure = 0.0;
  double lowest_limit = std::numeric_limits<double>::infinity();
  double background = 0.0;
  for (std::size_t t = curves.threshold_count(); t-- > 0;) {
    if (exposure_at[t] <= 0.0) continue;
    hits += hits_at(curves, taken, t);
    exposure += exposure_at[t];
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
