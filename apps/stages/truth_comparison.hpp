// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "velocal/calibration/calibration.hpp"
#include "velocal/simulate/truth.hpp"

namespace velocal {

/// How far results lie from the truth that a simulated scan was drawn from.
struct TruthComparison {
  std::size_t pixels = 0;                ///< pixels with a target
  double target_difference = undefined;  ///< mean target less the mean of the truth over the same pixels [DAC]
  double gain_difference = undefined;    ///< the same for K [e-/DAC]
  std::size_t pulls = 0;                 ///< pixels with an E0 and its error
  double pull_mean = undefined;          ///< mean of (E0 - truth)/error
  double pull_width = undefined;         ///< standard deviation of the same
};

/// The truth of E0 is the line's position, or the target where the baseline was taken off before the fit.
TruthComparison compare_with_truth(const ScanFit& fit, const Calibration& calibration, const Source& source,
                                   const Truth& truth);

}  // namespace velocal
