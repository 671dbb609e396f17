// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// Number of fits expected in each bin of chi2/ndf if the model holds, normalised to all fits that converged.
///
/// It is the distribution that GoodnessOfFit tests with. Where it is the chi-square distribution, it follows from each
/// pixel's ndf. Else it depends on the fit; it is summed over up to 1000 good pixels (only those have parameters),
/// evenly spread, and needs the flux. Empty where it cannot be had.
std::vector<double> expected_chi2(const ScanFit& fit, const FluxCube* flux, std::span<const double> edges);

}  // namespace velocal
