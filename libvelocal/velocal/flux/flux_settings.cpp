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

void require_baseline(const PixelMatrix<double>& values, std::string_view what) {
  const auto wrong = std::ranges::find_if(values, [](double value) { return !std::isfinite(value) || value < 0.0; });
  if (wrong == values.end()) return;
  const Pixel pixel = Pixel::at(static_cast<std::size_t>(wrong - values.begin()));
  throw UsageError(fmt::format("the {} of the noise baseline has to be finite and at least 0", what),
                   fmt::format("it is {} at row {}, column {}", *wrong, pixel.row, pixel.column),
                   "Give a pixel without baseline the mean 0");
}

}  // namespace

void require_valid(const FluxSettings& settings) {
  require_thresholds(settings.threshold);
  require_shutter(settings.shutter_s);
  if (!settings.baseline) return;
  require_baseline(settings.baseline->mean, "mean");
  require_baseline(settings.baseline->width, "width");
}

}  // namespace velocal
