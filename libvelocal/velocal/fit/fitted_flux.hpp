// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "velocal/fit/scan_fit.hpp"

namespace velocal {

/// What the fit of a good pixel expects at thresholds [raw DAC, whatever the settings' baseline]: the model with its
/// parameters and the background [hits/s]. NaN where the pixel is not good. Throws UsageError for a pixel that there is
/// not, and for a model that this process does not have.
std::vector<double> fitted_flux(const ScanFit& fit, std::size_t pixel, std::span<const double> threshold);

}  // namespace velocal
