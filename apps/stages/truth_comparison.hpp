// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "velocal/calibration/calibration.hpp"
#include "velocal/simulate/truth.hpp"

namespace velocal {

/// How far target and gain lie from the truth that a simulated scan was drawn from.
struct TruthDifference {
  double target = undefined;  ///< mean target less the mean of the truth over the same pixels [DAC]
  double gain = undefined;    ///< the same for K [e-/DAC]
};
TruthDifference difference_from_truth(const Calibration& calibration, const Source& source, const Truth& truth);

/// The same with the pulls of the fit.
struct TruthComparison {
  std::size_t pixels = 0;  ///< pixels with a target
  TruthDifference difference;
  std::size_t pulls = 0;          ///< pixels with an E0 and its error
  double pull_mean = undefined;   ///< mean of (E0 - truth)/error
  double pull_width = undefined;  ///< standard deviation of the same
};

/// The truth of E0 is the line's position, or the target where the baseline was taken off before the fit.
TruthComparison compare_with_truth(const ScanFit& fit, const Calibration& calibration, const Source& source,
                                   const Truth& truth);

}  // namespace velocal
