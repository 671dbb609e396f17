// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// Flat background of a scan [hits/s per pixel] from its highest thresholds, well above the photon line.
///
/// With N hits of all unmasked pixels at the k highest thresholds with live time, and exposure X = sum of
/// live time * pixels, the k is taken that makes the upper limit (N + sqrt(N) + 1)/X smallest: more thresholds narrow
/// it until the line begins to raise N. The estimate is (N + 1)/X, which is > 0 also where nothing was seen, so that
/// no stray hit has probability 0. 0 without live time or when all pixels are masked.
double estimate_background(const FluxCube& cube);

}  // namespace velocal
