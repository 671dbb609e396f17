// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// Flux against threshold with its fit: one picture of all pixels, the area and the curves of the ASIC that are asked
/// for; without any, of the pixel 127,128 or another lit_pixel(). With `all` three pictures with pulls: the ASIC, its
/// good pixels, and a few pixels over the chip. The scan has its flux and its fit. Throws UsageError for more than 8
/// curves, and as fitted_pixel() and spread_pixels() do.
std::vector<Picture> flux_pictures(const PlottedScan& scan, const PictureRequest& request);

}  // namespace velocal
