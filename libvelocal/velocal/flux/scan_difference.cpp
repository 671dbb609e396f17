// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/scan_difference.hpp"

#include <fmt/format.h>

#include <cmath>

#include "velocal/scan/acquisition_quality.hpp"

namespace velocal {
namespace {

std::string threshold_text(const std::vector<int>& thresholds) {
  if (thresholds.empty()) return "none";
  return fmt::format("{} from {} to {}", thresholds.size(), thresholds.front(), thresholds.back());
}

std::string counter_text(std::uint32_t counter) {
  return counter == counter_unlimited ? "none" : std::to_string(counter);
}

std::uint32_t rejected_count(const ScanSettings& scan, int threshold) {
  std::uint32_t count = 0;
  for (int i = 0; i < scan.acquisitions.count; ++i) {
    if (is_rejected(scan.reject, threshold, scan.acquisitions.first + i)) ++count;
  }
  return count;
}

ScanDifference differs(std::string setting, const auto& in_cube, const auto& in_scan) {
  return {std::move(setting), fmt::format("{}", in_cube), fmt::format("{}", in_scan)};
}

std::optional<ScanDifference> difference_at(const FluxCube& cube, std::size_t t, const ScanSettings& scan) {
  const AcquisitionTally& tally = cube.acquisitions[t];
  const std::uint32_t count = tally.good + tally.bad + tally.empty + tally.rejected;
  if (count != static_cast<std::uint32_t>(scan.acquisitions.count)) {
    return differs("acquisitions a threshold", count, scan.acquisitions.count);
  }
  const std::uint32_t rejected = rejected_count(scan, cube.threshold[t]);
  if (tally.rejected != rejected) {
    return differs(fmt::format("rejected acquisitions at threshold {}", cube.threshold[t]), tally.rejected, rejected);
  }
  if (tally.bad > 0 && !scan.reject.last_column_mean) return differs("last_column_mean", "one", "none");
  const double live_time = tally.good * scan.shutter.seconds;
  if (std::abs(cube.live_time_s[t] - live_time) > 1e-9 * live_time) {
    return differs("shutter", fmt::format("{:.6g} s", cube.live_time_s[t] / tally.good), scan.shutter.text);
  }
  return {};
}

}  // namespace

std::optional<ScanDifference> scan_difference(const FluxCube& cube, const ScanSettings& scan,
                                              SeparationPattern separation) {
  require_whole(cube);
  const std::vector<int> thresholds = scan.thresholds.values();
  if (cube.threshold != thresholds) {
    return differs("thresholds", threshold_text(cube.threshold), threshold_text(thresholds));
  }
  if (cube.separation != separation) {
    return differs("separation", to_string(cube.separation), to_string(separation));
  }
  if (cube.baseline.has_value() != scan.has_baseline()) {
    return differs("baseline", cube.baseline ? "one" : "none", scan.has_baseline() ? "one" : "none");
  }
  if (scan.counter != counter_automatic && cube.counter != static_cast<std::uint32_t>(scan.counter)) {
    return differs("counter", counter_text(cube.counter), counter_text(static_cast<std::uint32_t>(scan.counter)));
  }
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    if (auto difference = difference_at(cube, t, scan)) return difference;
  }
  return {};
}

}  // namespace velocal
