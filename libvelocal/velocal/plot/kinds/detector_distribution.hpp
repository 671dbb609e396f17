// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_detector.hpp"

namespace velocal {

/// A histogram of the quantity (an index into chip_quantities) over the chips, one of each scan, with its median. The
/// outliers are named with their values.
Figure detector_distribution(const PlottedDetector& detector, std::size_t quantity);

}  // namespace velocal
