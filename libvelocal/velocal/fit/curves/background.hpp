// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/fit/problem/curves.hpp"

namespace velocal {

/// Flat background of a scan [hits/s a curve] from its highest thresholds, well above the photon line. Curves that are
/// skipped take no part.
///
/// With N hits of all curves at the k highest thresholds with live time, and exposure X = sum of the curves' live
/// times, the k is taken that makes the upper limit (N + sqrt(N) + 1)/X smallest: more thresholds narrow it until the
/// line begins to raise N. The estimate is (N + 1)/X, which is > 0 also where nothing was seen, so that no stray hit
/// has probability 0. It is 0 without live time, and when all curves are skipped.
double estimate_background(const Curves& curves);

}  // namespace velocal
