// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/curves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

std::size_t curves_in(std::span<const std::uint32_t> counts, std::size_t thresholds) {
  if (thresholds > 0 && counts.size() % thresholds == 0) return counts.size() / thresholds;
  throw UsageError(fmt::format("{} counts are no curves of {} thresholds", counts.size(), thresholds),
                   "each curve has one count a threshold", "Give counts of shape [N][T] or [T][N]");
}

void require_thresholds(std::span<const double> threshold) {
  if (threshold.empty())
    throw UsageError("there are no thresholds", "curves have one or more", "Give the thresholds of the counts in DAC");
  for (std::size_t t = 0; t < threshold.size(); ++t) {
    const bool ascends = t == 0 || threshold[t] > threshold[t - 1];
    if (std::isfinite(threshold[t]) && ascends) continue;
    throw UsageError(fmt::format("threshold[{}] is {}", t, threshold[t]), "thresholds are finite and ascend",
                     "Sort thresholds and counts, each threshold once");
  }
}

void require_live_times(const Curves& curves) {
  const std::size_t times = curves.live_time_s.size();
  if (!curves.same_live_time() && times != curves.size() * curves.threshold_count()) {
    throw UsageError(
        fmt::format("{} live times for {} curves of {} thresholds", times, curves.size(), curves.threshold_count()),
        "there is one a threshold, or one a curve and threshold", "Give live times of shape [T] or [N][T]");
  }
  const auto wrong = std::ranges::find_if(curves.live_time_s, [](double s) { return !(std::isfinite(s) && s >= 0.0); });
  if (wrong == curves.live_time_s.end()) return;
  throw UsageError(fmt::format("live_time_s[{}] is {}", wrong - curves.live_time_s.begin(), *wrong),
                   "live times are seconds, finite and >= 0", "Give 0 where nothing was measured");
}

void require_origins(const Curves& curves) {
  if (!curves.origin.empty() && curves.origin.size() != curves.size()) {
    throw UsageError(fmt::format("{} origins for {} curves", curves.origin.size(), curves.size()),
                     "there is one a curve, or none at all", "Give origins of shape [N], or leave them out");
  }
  for (std::size_t i = 0; i < curves.origin.size(); ++i) {
    if (curves.skipped_for(i) != StatusReason::none || std::isfinite(curves.origin[i])) continue;
    throw UsageError(fmt::format("origin[{}] is {}", i, curves.origin[i]), "origins are finite",
                     "Skip curves without one, with StatusReason::no_baseline");
  }
}

void require_skipped(const Curves& curves) {
  if (!curves.skipped.empty() && curves.skipped.size() != curves.size()) {
    throw UsageError(fmt::format("{} reasons to skip for {} curves", curves.skipped.size(), curves.size()),
                     "there is one a curve, or none at all", "Give reasons of shape [N], or leave them out");
  }
  for (std::size_t i = 0; i < curves.skipped.size(); ++i) {
    const StatusReason reason = curves.skipped[i];
    const bool known = static_cast<std::size_t>(reason) < status_reason_names.size();
    if (reason == StatusReason::none || (known && status_of(reason) == PixelStatus::cut)) continue;
    throw UsageError(fmt::format("skipped[{}] is {}", i, static_cast<int>(reason)), "it is no reason to cut a curve",
                     "Give StatusReason::none to fit it, or masked, outside_group, no_baseline, no_hits");
  }
}

/// The last count has to lie within the data.
void require_counts(const CountsView& counts) {
  if (counts.curves == 0 || counts.thresholds == 0) return;
  const auto steps_within = [](std::size_t steps, std::size_t stride, std::size_t room) {
    return steps == 0 || (stride > 0 && steps <= room / stride);
  };
  const std::size_t room = counts.data.size() - std::min<std::size_t>(counts.data.size(), 1);
  const bool within =
      !counts.data.empty() && steps_within(counts.curves - 1, counts.curve_stride, room) &&
      steps_within(counts.thresholds - 1, counts.threshold_stride, room - (counts.curves - 1) * counts.curve_stride);
  if (within) return;
  throw UsageError(fmt::format("{} counts do not hold {} curves of {} thresholds", counts.data.size(), counts.curves,
                               counts.thresholds),
                   fmt::format("the strides are {} and {}", counts.curve_stride, counts.threshold_stride),
                   "Make the view with counts_by_curve() or counts_by_threshold()");
}

}  // namespace

CountsView counts_by_curve(std::span<const std::uint32_t> counts, std::size_t thresholds) {
  return {counts, curves_in(counts, thresholds), thresholds, thresholds, 1};
}

CountsView counts_by_threshold(std::span<const std::uint32_t> counts, std::size_t thresholds) {
  const std::size_t curves = curves_in(counts, thresholds);
  return {counts, curves, thresholds, 1, curves};
}

void require_curves(const Curves& curves) {
  require_thresholds(curves.threshold);
  if (curves.counts.thresholds != curves.threshold_count()) {
    throw UsageError(
        fmt::format("counts of {} thresholds, and {} thresholds", curves.counts.thresholds, curves.threshold_count()),
        "each curve has one count a threshold", "Make the view of the counts with the number of thresholds");
  }
  require_counts(curves.counts);
  require_live_times(curves);
  require_skipped(curves);
  require_origins(curves);
}

}  // namespace velocal
