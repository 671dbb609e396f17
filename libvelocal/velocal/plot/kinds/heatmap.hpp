// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "velocal/core/sample.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// A map of each parameter asked for, "status" among them, and of the hits at the threshold asked for; or of all there
/// are. Throws UsageError for a parameter or threshold that there is not, and for a range of colours with more than one
/// map.
std::vector<Picture> heatmap_pictures(const PlottedScan& scan, const PictureRequest& request);

/// The hits of the live pixels at one threshold. The scan has its flux.
/// Throws UsageError for a threshold that the scan has not.
PixelQuantity hits_at(const PlottedScan& scan, int threshold);

/// The matrix by colour over the range, or the middle 98 % of its values; mean and standard deviation in the subtitle.
Figure heatmap(const std::string& title, const PixelQuantity& quantity, Palette palette,
               std::optional<Range> colours = {});
/// The four statuses with their shares of the live pixels. Masked pixels and those outside the group are grey.
Figure status_map(const std::string& title, const PixelFits& fits);

/// Their panels, to be placed.
Panel heatmap_panel(const PixelQuantity& quantity, Palette palette, std::optional<Range> colours = {});
Panel status_panel(const PixelFits& fits);

}  // namespace velocal
