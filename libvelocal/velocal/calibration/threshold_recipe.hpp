// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "velocal/calibration/calibration.hpp"
#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/sample.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/noise/trim_steps.hpp"

namespace velocal {

inline constexpr double low_charge_share = 0.8;   ///< of the charge asked for: pixels that fire below are counted
inline constexpr double high_charge_share = 1.2;  ///< likewise those that fire above

/// The pixels at one global threshold.
struct ThresholdCharges {
  PixelMatrix<double> charge{undefined};  ///< at which each pixel fires, K(threshold - baseline) [e-]; NaN without K
  Moments moments;                        ///< of these charges [e-]
  double low = 0.0;                       ///< share of the calibrated pixels that fire below 0.8 of the charge
  double high = 0.0;                      ///< share of those that fire above 1.2 of it
};

/// Trims that bring each pixel as near to the charge as a whole trim can, the global threshold being the same.
struct EqualisedTrims {
  PixelMatrix<std::uint8_t> trim;  ///< 0...15; the trim in use where a pixel has no gain or no step
  std::size_t moved = 0;           ///< pixels with another trim than the one in use
  std::size_t clipped_low = 0;     ///< pixels that would need a trim below 0: they get 0
  std::size_t clipped_high = 0;    ///< pixels that would need a trim above 15: they get 15
  std::size_t without_step = 0;    ///< calibrated pixels whose step of the trim is not known
  Moments thresholds = {};         ///< of the pixels with these trims [DAC], as below
  ThresholdCharges charges = {};   ///< with these trims
};

/// The global threshold for a charge.
struct ThresholdRecipe {
  double charge = 0.0;                       ///< [e-], > 0, ≤ 10⁶
  PixelMatrix<double> threshold{undefined};  ///< at which each pixel fires at the charge: baseline + charge/K [DAC]
  /// Over the calibrated pixels. Their mean is the global threshold, the standard deviation its spread.
  Moments thresholds = {};
  /// Uncertainty of the mean that all pixels have in common, by the calibration's budget [DAC].
  double common_error = 0.0;
  ThresholdCharges charges = {};                 ///< at the global threshold
  std::optional<EqualisedTrims> equalised = {};  ///< where the steps of the trims are known
};

/// `fit` and `calibration` are of the same scan and group. `trims` null: their steps are not known.
/// Throws UsageError unless the charge is > 0 and ≤ 10⁶, InputError where the fit has no noise baseline or no
/// pixel has a gain.
ThresholdRecipe threshold_recipe(double charge, const ScanFit& fit, const Calibration& calibration,
                                 const TrimSteps* trims = nullptr);

}  // namespace velocal
