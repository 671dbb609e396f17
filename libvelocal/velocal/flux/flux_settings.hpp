// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/descriptor/scan_settings.hpp"
#include "velocal/scan/noise_baseline.hpp"

namespace velocal {

/// What a flux cube is made with beside the counts of its acquisitions.
struct FluxSettings {
  std::vector<int> threshold;     ///< 0...65535 DAC; at least one, ascending
  double shutter_s = 0.0;         ///< time for which each acquisition has the shutter open; 1e-12...1e12
  std::optional<PixelMask> mask;  ///< not 0: masked; empty: no mask is known, and no pixel is masked
  RejectSettings reject;
  int counter = counter_automatic;  ///< as in ScanSettings: largest count, counter_unlimited or counter_automatic
  SeparationPattern separation = SeparationPattern::columns;  ///< pattern behind the even and odd curves
  std::optional<NoiseBaseline> baseline;                      ///< 0...65535 DAC; empty: there is none, and no target
};

/// Throws UsageError when a member is outside the range that is given above.
void require_valid(const FluxSettings& settings);

}  // namespace velocal
