// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/fit/scan_fit.hpp"
#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// A map of each parameter asked for, "status" among them, or of all there are.
/// Throws UsageError for a parameter that there is not.
std::vector<Picture> heatmap_pictures(const PlottedScan& scan, const PictureRequest& request);

/// The matrix by colour over the middle 98 % of its values; mean and standard deviation in the subtitle.
Figure heatmap(const std::string& title, const PixelQuantity& quantity, Palette palette);
/// The four statuses with their shares of the live pixels. Masked pixels and those outside the group are grey.
Figure status_map(const std::string& title, const PixelFits& fits);

/// Their panels, to be placed.
Panel heatmap_panel(const PixelQuantity& quantity, Palette palette);
Panel status_panel(const PixelFits& fits);

}  // namespace velocal
