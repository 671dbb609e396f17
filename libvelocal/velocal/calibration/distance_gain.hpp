// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "velocal/calibration/calibration.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/fit/scan_fit.hpp"

namespace velocal {

/// The chip's gain from the distance of a source's lines, whatever the noise baseline (docs/physics.md, "The distance
/// of the lines").
struct DistanceGain {
  Uncertain zero;           ///< of the charge, above the noise baseline [DAC]
  Uncertain gain;           ///< mean K times target/(target - zero) [e-/DAC]; without the pair energy's error
  double systematic = 0.0;  ///< what shape and shares of the lines leave of it [e-/DAC]
};

/// Empty where the fit does not share the zero, or no pixel has a target.
std::optional<DistanceGain> distance_gain(const ScanFit& fit, const Calibration& calibration);

}  // namespace velocal
