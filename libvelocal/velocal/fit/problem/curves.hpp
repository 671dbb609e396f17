// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "velocal/fit/problem/pixel_status.hpp"

namespace velocal {

/// Counts of N curves at T thresholds, wherever they lie in `data`: count (i, t) is
/// data[i * curve_stride + t * threshold_stride].
struct CountsView {
  std::span<const std::uint32_t> data = {};
  std::size_t curves = 0;            ///< N
  std::size_t thresholds = 0;        ///< T
  std::size_t curve_stride = 0;      ///< from one curve to the next, in `data`
  std::size_t threshold_stride = 0;  ///< from one threshold to the next

  /// Hits of a curve at a threshold; curve < N, threshold < T, which is not checked.
  std::uint32_t operator()(std::size_t curve, std::size_t threshold) const {
    return data[curve * curve_stride + threshold * threshold_stride];
  }
};

/// Counts [N][T], curve after curve. Throws UsageError when their number is no multiple of `thresholds` > 0.
CountsView counts_by_curve(std::span<const std::uint32_t> counts, std::size_t thresholds);
/// Counts [T][N], as an image at each threshold.
CountsView counts_by_threshold(std::span<const std::uint32_t> counts, std::size_t thresholds);

/// Curves of counts against threshold, of any detector. A view: what it refers to must live as long.
struct Curves {
  std::span<const double> threshold;  ///< [T] DAC, ascending
  CountsView counts;                  ///< hits of N curves at T thresholds
  /// [T], or [N][T] where the curves differ: s, >= 0. 0 leaves the threshold out.
  std::span<const double> live_time_s;
  std::span<const double> origin = {};         ///< [N], or empty: DAC, taken off each curve's thresholds
  std::span<const StatusReason> skipped = {};  ///< [N], or empty: none, or why the curve is cut

  std::size_t size() const { return counts.curves; }                ///< N
  std::size_t threshold_count() const { return threshold.size(); }  ///< T
  /// One live time a threshold for all curves.
  bool same_live_time() const { return live_time_s.size() == threshold.size(); }
  /// The curve's live times [T], in s.
  std::span<const double> live_time_of(std::size_t curve) const {
    return same_live_time() ? live_time_s : live_time_s.subspan(curve * threshold.size(), threshold.size());
  }
  /// DAC; 0 where there are none.
  double origin_of(std::size_t curve) const { return origin.empty() ? 0.0 : origin[curve]; }
  /// Why the curve is cut; none: it is fitted.
  StatusReason skipped_for(std::size_t curve) const { return skipped.empty() ? StatusReason::none : skipped[curve]; }
};

/// Throws UsageError, naming argument, shape or place, where these are no curves: shapes that do not fit together, no
/// threshold, thresholds that do not ascend, a live time below 0, a number that is not finite (origins of skipped
/// curves do not count), a reason to skip whose status is not `cut`.
void require_curves(const Curves& curves);

}  // namespace velocal
