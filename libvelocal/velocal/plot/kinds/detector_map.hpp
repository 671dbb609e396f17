// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_detector.hpp"

namespace velocal {

/// The chips of one scan in the VELO's arrangement, coloured by a quantity (an index into chip_quantities): one panel a
/// side, modules from left to right, chips upwards. Hatched are chips without a value, framed the outliers. Chips of
/// other names than the VELO's are counted in the subtitle.
Figure detector_map(const PlottedDetector& detector, std::size_t quantity, std::size_t label, Palette palette);

}  // namespace velocal
