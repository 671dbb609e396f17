// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// The charges at which the pixels fire when the global threshold is that of the request's charge, as the trims are and
/// as they would be equalised. Without a charge there is none among all pictures.
/// Throws as threshold_recipe() does.
std::vector<Picture> recipe_pictures(const PlottedScan& scan, const PictureRequest& request);

/// Throws UsageError when no charge is asked for.
void check_recipe_request(const PictureRequest& request);

}  // namespace velocal
