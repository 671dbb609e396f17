// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "velocal/descriptor/scan_settings.hpp"
#include "velocal/fit/scan_fit.hpp"

namespace velocal {

/// What a user has to know of a fit that ended well, one warning each: a background that is assumed, thresholds that
/// were left out, and many pixels that left one out.
std::vector<std::string> doubts_of(const ScanFit& fit, const ScanSettings& scan);

/// The pixels that are masked, or noisy; empty when none is noisy.
std::optional<PixelMask> noisy_mask(const PixelFits& pixels);

}  // namespace velocal
