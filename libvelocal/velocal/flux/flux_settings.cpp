// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/flux_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

// Far outside of what a chip takes, and far inside of what fluxes and their squares can be computed with.
constexpr double shortest_shutter_s = 1e-12;
constexpr double longest_shutter_s = 1e12;

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

void require_counter(int counter) {
  if (counter >= counter_automatic && counter <= largest_counter) return;
  throw UsageError(fmt::format("{} is no largest count of a counter", counter),
                   fmt::format("it is 1 to {}, 0 for none, -1 for automatic", largest_counter),
                   "Set FluxSettings::counter");
}

void require_shutter(double shutter_s) {
  if (shutter_s >= shortest_shutter_s && shutter_s <= longest_shutter_s) return;
  throw UsageError(fmt::format("the shutter time has to be {:g} to {:g} s", shortest_shutter_s, longest_shutter_s),
                   fmt::format("it is {} s", shutter_s),
                   "Set FluxSettings::shutter_s to the seconds that one acquisition takes");
}

}  // namespace

void require_valid(const FluxSettings& settings) {
  require_thresholds(settings.threshold);
  require_shutter(settings.shutter_s);
  require_counter(settings.counter);
  to_string(settings.separation);  // throws when there is no such pattern
  if (settings.mask && !settings.mask->is_whole()) {
    throw UsageError("the mask has no pixels", "it has been moved from", "Set FluxSettings::mask to another");
  }
  if (settings.baseline) require_valid(*settings.baseline);
}

}  // namespace velocal
