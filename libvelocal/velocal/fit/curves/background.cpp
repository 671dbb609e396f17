// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/background.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "velocal/fit/curves/quiet_curves.hpp"

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

/// The k highest thresholds whose upper limit is lowest.
struct HighestThresholds {
  std::size_t count = 0;
  double hits = 0.0;
  double rate = 0.0;  ///< estimate
  double error = 0.0;
};

HighestThresholds lowest_limit(const Curves& curves, const std::vector<std::size_t>& taken,
                               const std::vector<double>& exposure_at) {
  const double whole_exposure = std::accumulate(exposure_at.begin(), exposure_at.end(), 0.0);
  HighestThresholds best;
  std::size_t count = 0;
  double hits = 0.0;
  double exposure = 0.0;
  double lowest_limit = std::numeric_limits<double>::infinity();
  for (std::size_t t = curves.threshold_count(); t-- > 0;) {
    if (exposure_at[t] <= 0.0) continue;
    ++count;
    hits += hits_at(curves, taken, t);
    exposure += exposure_at[t];
    const double limit = (hits + std::sqrt(hits) + 1.0) / exposure;
    if (limit < lowest_limit) {
      lowest_limit = limit;
      best = {count, hits, (hits + 1.0) / exposure, std::sqrt(hits + 1.0) / exposure};
    }
    if (hits >= lowest_limit * whole_exposure) break;  // no limit to come can be lower
  }
  return best;
}

double highest_mean_flux(const Curves& curves, const std::vector<std::size_t>& taken,
                         const std::vector<double>& exposure_at) {
  double highest = 0.0;
  for (std::size_t t = 0; t < exposure_at.size(); ++t) {
    if (exposure_at[t] > 0.0) highest = std::max(highest, hits_at(curves, taken, t) / exposure_at[t]);
  }
  return highest;
}

std::size_t live_thresholds(const std::vector<double>& exposure_at) {
  return static_cast<std::size_t>(std::ranges::count_if(exposure_at, [](double seconds) { return seconds > 0.0; }));
}

}  // namespace

Background estimate_background(const Curves& curves) {
  constexpr double fewest_hits = 20.0;
  constexpr double largest_share = 0.05;
  constexpr double largest_share_at_the_end = 1e-4;
  constexpr double assumed_share = 1e-5;
  const std::vector<std::size_t> taken = taken_curves(curves);
  const std::vector<double> exposure_at = exposures(curves, taken);
  const HighestThresholds best = lowest_limit(curves, taken, exposure_at);
  if (best.hits < fewest_hits) return {best.rate, best.error};
  const double highest = highest_mean_flux(curves, taken, exposure_at);
  const bool few = best.count < end_thresholds(live_thresholds(exposure_at));
  if (best.rate <= highest * (few ? largest_share_at_the_end : largest_share)) return {best.rate, best.error};
  return {assumed_share * highest, 9.0 * assumed_share * highest, true};
}

}  // namespace velocal
