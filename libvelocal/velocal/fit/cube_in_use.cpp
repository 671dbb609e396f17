// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/cube_in_use.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "velocal/core/error.hpp"
#include "velocal/core/uncertain.hpp"

namespace velocal {

CubeInUse::CubeInUse(const FluxCube& whole, const std::optional<FitRange>& range)
    : whole_(whole), use_(whole.threshold_count(), ThresholdUse::used) {
  if (!range) return;
  std::vector<ThresholdUse> use = use_;
  for (std::size_t t = 0; t < use.size(); ++t) {
    if (!range->contains(whole.threshold[t])) use[t] = ThresholdUse::outside_range;
  }
  if (std::ranges::find(use, ThresholdUse::used) == use.end()) {
    throw UsageError(fmt::format("no threshold of the scan is within range, {} to {}", range->from, range->to),
                     fmt::format("the scan goes from {} to {}", whole.threshold.front(), whole.threshold.back()),
                     "Correct range of fit");
  }
  leave_out(use);
}

void CubeInUse::leave_out(const std::vector<ThresholdUse>& use) {
  for (std::size_t t = 0; t < use.size(); ++t) {
    if (use[t] == ThresholdUse::used) continue;
    if (!less_) less_.emplace(whole_);
    use_[t] = use[t];
    less_->live_time_s[t] = 0.0;
    for (FluxCurve& curve : less_->asic) curve.flux[t] = curve.error[t] = undefined;
  }
}

}  // namespace velocal
