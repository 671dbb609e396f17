// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/flux/flux_cube.hpp"
#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// The page below as the only picture. The scan has all its results.
std::vector<Picture> quality_pictures(const PlottedScan& scan, const PictureRequest& request);

/// One page on a scan: status, K, its distribution, the ASIC's curve, the acquisitions and chi2/ndf.
Figure quality_page(const PlottedScan& scan, Palette palette);

/// Acquisitions of each threshold by quality, one on top of the other.
Panel acquisitions_panel(const FluxCube& cube, const Figure& figure, Panel placed);

}  // namespace velocal
