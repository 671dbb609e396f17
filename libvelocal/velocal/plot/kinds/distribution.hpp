// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// A histogram of each parameter asked for, or of all there are; with `discrepancy` the distances to the ASIC in their
/// place, with `qq` the values against normal quantiles. With `all` the distances of target and K to both values of the
/// ASIC come on top. Throws UsageError for a parameter that there is not, for both of these together, and as
/// discrepancies() does.
std::vector<Picture> distribution_pictures(const PlottedScan& scan, const PictureRequest& request);

/// Histogram over the pixels with lines for mean, ASIC and ASICgood.
Figure distribution(const PlottedScan& scan, const PixelQuantity& quantity);
/// Its panel. The figure's size and the panel's place decide how much room the legend takes.
Panel distribution_panel(const PlottedScan& scan, const PixelQuantity& quantity, const Figure& figure, Panel placed);

}  // namespace velocal
