// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/fit/problem/curves.hpp"

namespace velocal {

/// Flat background of curves.
struct Background {
  double rate = 0.0;     ///< hits/s a curve
  double error = 0.0;    ///< its standard uncertainty; 0 where it was given
  bool assumed = false;  ///< not measured: the scan ends too near the line to tell
};

/// Flat background of a scan from its highest thresholds, well above the photon line. Curves that are skipped take no
/// part; noisy ones should be (QuietCurves).
///
/// With N hits of all curves at the k highest thresholds with live time, and exposure X = sum of the curves' live
/// times, the k is taken that makes the upper limit (N + sqrt(N) + 1)/X smallest: more thresholds narrow it until the
/// line begins to raise N. The estimate is (N + 1)/X, which is > 0 also where nothing was seen, so that no stray hit
/// has probability 0. Its uncertainty is sqrt(N + 1)/X. It is 0 without live time, and when all curves are skipped.
///
/// Let H be the highest of the thresholds' mean fluxes. N >= 20 hits are the line itself where the estimate is above
/// 5 % of H, or above 1e-4 H while k is below end_thresholds(). 1e-5 H is assumed then: what scans have whose end is
/// far enough, to within a factor of ten: its uncertainty is nine times itself.
Background estimate_background(const Curves& curves);

}  // namespace velocal
