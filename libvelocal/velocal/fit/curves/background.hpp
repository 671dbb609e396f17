// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/core/progress.hpp"
#include "velocal/fit/problem/curves.hpp"

namespace velocal {

/// Flat background of curves.
struct Background {
  double rate = 0.0;     ///< hits/s a curve
  double error = 0.0;    ///< its standard uncertainty; 0 where it was given
  bool assumed = false;  ///< not measured: the scan ends too near the line to tell
};

/// Flat background of a scan, fitted together with the foot of the line to the sum of all curves. Curves that are
/// skipped take no part; noisy ones should be (QuietCurves).
///
/// The foot begins above the last threshold whose mean flux is 3e-3 of the highest, H. From there on LineFoot is fitted
/// by the likelihood of the counts: an exponential of a parabola, and the background. One hit is added at the scan's
/// end, so that no stray hit has probability 0. The uncertainty is that of the fit: of the foot, too.
///
/// The scan's end is where the fit starts, and what counts where it cannot be made (fewer than 6 thresholds, no
/// minimum). With N hits of all curves at the k highest thresholds with live time, and exposure X = sum of the curves'
/// live times, the k is taken that makes the upper limit (N + sqrt(N) + 1)/X smallest; the rate is (N + 1)/X, its
/// uncertainty sqrt(N + 1)/X. It is 0 without live time, and when all curves are skipped.
///
/// N >= 20 hits are the line itself where that rate is above 5 % of H, or above 1e-4 H while k is below
/// end_thresholds(). Where the fit does not tell the background to 9e-5 H either, 1e-5 H +- 9e-5 H is assumed: what
/// scans have whose end is far enough, to within a factor of ten.
///
/// `progress` hears of each threshold that is summed.
Background estimate_background(const Curves& curves, Progress& progress = no_progress());

}  // namespace velocal
