// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/flux/flux_cube.hpp"
#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// One page on a scan, all of whose results are there: status, K, its distribution, the ASIC's curve, the acquisitions
/// and chi2/ndf.
Figure quality_page(const PlottedScan& scan, Palette palette);

/// Acquisitions of each threshold by quality, one on top of the other.
Panel acquisitions_panel(const FluxCube& cube, const Figure& figure, Panel placed);

}  // namespace velocal
