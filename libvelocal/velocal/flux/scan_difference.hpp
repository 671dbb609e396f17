// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/descriptor/scan_settings.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// A setting that a flux cube was made with otherwise than a scan has it now, in words for a message.
struct ScanDifference {
  std::string setting;
  std::string in_cube;
  std::string in_scan;
};

/// First difference between what a cube was made with and the settings of its scan: thresholds, separation, baseline,
/// acquisitions, rejection, shutter. Empty when there is none, and the cube may stand for the scan.
/// Throws UsageError when the cube is not whole (require_whole()).
std::optional<ScanDifference> scan_difference(const FluxCube& cube, const ScanSettings& scan,
                                              SeparationPattern separation);

}  // namespace velocal
