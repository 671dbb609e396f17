// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/flux_cube.hpp"
#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// Number of fits expected in each bin of chi2/ndf if the model holds, normalised to all fits that converged.
///
/// neyman: the chi-square distribution with each pixel's ndf. poisson: the distribution of the likelihood chi-square
/// given each pixel's fitted mu, as GoodnessOfFit has it, over up to 1000 good pixels (only those have parameters),
/// evenly spread; it needs the flux. Empty where it cannot be had.
std::vector<double> expected_chi2(const ScanFit& fit, const FluxCube* flux, std::span<const double> edges);

/// chi2/ndf of the fits that converged, those of the good pixels coloured, and the expectation.
Panel chi2_panel(const PlottedScan& scan, const Figure& figure, Panel placed);

}  // namespace velocal
