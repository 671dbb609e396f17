// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/fit/scan_fit.hpp"
#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// The matrix by colour over the middle 98 % of its values; mean and standard deviation in the subtitle.
Figure heatmap(const std::string& title, const PixelQuantity& quantity, Palette palette);
/// The four statuses with their shares of the live pixels, masked pixels and those outside the group apart (grey).
Figure status_map(const std::string& title, const PixelFits& fits);

/// Their panels, to be placed.
Panel heatmap_panel(const PixelQuantity& quantity, Palette palette);
Panel status_panel(const PixelFits& fits);

}  // namespace velocal
