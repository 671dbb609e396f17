// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// Up to five good pixels spread over the circle: the nearest to its centre and to the four points halfway out. The
/// scan has its fit. Throws InputError when there is no good pixel in the circle.
std::vector<Pixel> spread_pixels(const PlottedScan& scan, const PixelArea& area);

/// A pixel that is worth showing: `wanted` where it is good, else the good pixel with the most hits, else the live one
/// with the most. `wanted` where no live pixel has a hit. The scan has its flux and its fit.
Pixel lit_pixel(const PlottedScan& scan, Pixel wanted);

}  // namespace velocal
