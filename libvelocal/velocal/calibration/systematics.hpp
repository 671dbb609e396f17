// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "velocal/calibration/calibration.hpp"

namespace velocal {

/// Gain that the chip was designed for: 0.38 mV/DAC over 24.6 mV/ke- (known to 3.3 %), 15.45 +- 0.51 e-/DAC.
Uncertain design_gain();

/// (K - design)/sqrt(u(K)^2 + systematic^2 + u(design)^2), in standard deviations; negative below the design.
/// NaN where one of them is undefined.
double design_distance(Uncertain gain, double systematic);

/// How far one estimate of K depends on the way it was found. All in e-/DAC; NaN where undefined.
struct GainSystematics {
  std::vector<Uncertain> gain;       ///< K by variant, the reference first
  std::vector<double> difference;    ///< dK = K - K of the reference, by variant; the reference's own is 0
  std::size_t variants = 0;          ///< number of variants with a dK, without the reference; all below is over these
  double quadrature = undefined;     ///< sqrt(sum dK^2), taken as the systematic uncertainty; NaN without variants
  double mean_absolute = undefined;  ///< mean |dK|
  double distance = undefined;       ///< design_distance() of the reference, with `quadrature`
};

/// `common_error`: of the reference, in none of the errors, for the distance to the design. Throws UsageError when
/// there is no reference.
GainSystematics gain_systematics(std::vector<Uncertain> gain, double common_error = 0.0);

/// The three estimates of K.
struct Systematics {
  GainSystematics mean;       ///< over the pixels, with the error of that mean
  GainSystematics asic;       ///< of the mean curve of all pixels
  GainSystematics asic_good;  ///< of the mean curve of the good pixels
};

/// Compares variants of one analysis of one scan; the first is the reference. Throws UsageError when there is none.
Systematics systematics(std::span<const Calibration> variants);

}  // namespace velocal
