// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// All scans of one dataset in one picture. Throws as find_quantity() and discrepancies() do.
std::vector<Picture> collection_pictures(const std::vector<PlottedScan>& scans, const PictureRequest& request);

/// A column for each parameter asked for; without any, for target and K. At the top are the histograms of all scans
/// over one another, with lines for mean (solid), ASIC (dashed) and ASICgood (dotted). Where a label has even and odd
/// columns, their normalised difference is below. With `discrepancy` and `qq` the distances to the ASIC and the normal
/// plots follow. Throws as collection_pictures() does.
Figure collection(const std::string& title, const std::vector<PlottedScan>& scans, const PictureRequest& request);

}  // namespace velocal
