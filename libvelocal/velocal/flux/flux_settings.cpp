// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/flux_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

void require_thresholds(const std::vector<int>& threshold) {
  if (threshold.empty()) {
    throw UsageError("a flux cube without thresholds cannot be made", "FluxSettings::threshold is empty",
                     "Name the thresholds of the scan in DAC");
  }
  if (std::ranges::min(threshold) < 0 || std::ranges::max(threshold) > largest_threshold) {
    throw UsageError(
        fmt::format("thresholds are 0 to {} DAC", largest_threshold),
        fmt::format("FluxSettings::threshold has {} to {}", std::ranges::min(threshold), std::ranges::max(threshold)),
        "Give the chip's own settings");
  }
  const auto pair = std::ranges::adjacent_find(threshold, std::greater_equal{});
  if (pair == threshold.end()) return;
  throw UsageError("the thresholds of a flux cube have to ascend", fmt::format("{} comes after {}", pair[1], pair[0]),
                   "Sort FluxSettings::threshold, and name each threshold once");
}

void require_shutter(double shutter_s) {
  if (std::isfinite(shutter_s) && shutter_s > 0.0) return;
  throw UsageError("the shutter time has to be finite and above 0", fmt::format("it is {} s", shutter_s),
                   "Set FluxSettings::shutter_s to the seconds that one acquisition takes");
}

}  // namespace

void require_valid(const FluxSettings& settings) {
  require_thresholds(settings.threshold);
  require_shutter(settings.shutter_s);
  if (settings.baseline) require_valid(*settings.baseline);
}

}  // namespace velocal
