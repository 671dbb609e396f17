// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_detector.hpp"

namespace velocal {

/// A map of each scan and the distribution over the chips, for each quantity that a chip has a value of, or for those
/// asked for. With two scans or more also the mean gains of the later ones against those of the first. Throws
/// UsageError for a quantity that there is not, or of which no chip has a value.
std::vector<Picture> detector_pictures(const PlottedDetector& detector, const PictureRequest& request);

/// Throws UsageError for a quantity that there is not.
void check_detector_request(const PictureRequest& request);

}  // namespace velocal
