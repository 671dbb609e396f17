// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "velocal/descriptor/dataset.hpp"
#include "velocal/simulate/truth.hpp"

namespace velocal {

/// Draws the truth of a scan from its `simulation` section. Scans that share a folder of data or of the equalisation
/// share what is drawn for that folder. Scans from first principles are of one chip: the deviations of a pixel's target
/// and noise from their means, in units of the spread, and the mask are drawn for the ASIC.
/// Throws DescriptorError when there is no such section, or when it hardly ever gives an allowed value.
Truth draw_truth(const Dataset& dataset, const ScanSettings& scan, std::uint64_t seed);

}  // namespace velocal
