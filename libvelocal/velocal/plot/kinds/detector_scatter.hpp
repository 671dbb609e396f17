// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_detector.hpp"

namespace velocal {

/// The chips' mean gains in the scan of that label against those in the first, with a line where both are the same.
/// Outliers of the difference are named.
Figure detector_scatter(const PlottedDetector& detector, std::size_t label);

}  // namespace velocal
