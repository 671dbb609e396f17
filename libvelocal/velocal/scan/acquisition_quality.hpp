// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/descriptor/scan_settings.hpp"

namespace velocal {

struct AcquisitionHits;

/// Why an acquisition takes part or not, in the order of the tests (docs/physics.md, "Flux").
enum class AcquisitionQuality {
  rejected,  ///< the descriptor names it
  empty,     ///< mean hits over all pixels <= 1e-9; a fault only where that is improbable (flux/empty_acquisitions.hpp)
  bad,       ///< mean of the last column's unmasked pixels strictly within 0.01 of last_column_mean
  good,
};

/// Whether the settings name this acquisition of this threshold [DAC].
bool is_rejected(const RejectSettings& reject, int threshold, int acquisition);

/// Quality of an acquisition that the descriptor does not reject: empty, bad or good.
AcquisitionQuality quality_of(const AcquisitionHits& hits, const PixelMask& mask, const RejectSettings& reject);

/// Mean hits of the unmasked pixels of column 255; NaN when all are masked.
double last_column_mean(const AcquisitionHits& hits, const PixelMask& mask);

}  // namespace velocal
