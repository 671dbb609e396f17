// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// Uncertainty of a pixel's E0 [DAC]: the median over the good pixels, and what it will be. NaN where it cannot be
/// told.
struct Precision {
  double now = undefined;
  double end = undefined;
};

/// How the uncertainty changes when the live times of the cube become those of `at_end` [T], from the Fisher
/// information of Poisson counts about a pixel of median parameters: sum over thresholds of L g g^T/F, with the flux F
/// and its gradient g.
Precision expected_precision(const ScanFit& fit, const FluxCube& cube, std::span<const double> at_end);

}  // namespace velocal
