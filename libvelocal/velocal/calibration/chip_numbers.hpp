// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "velocal/calibration/calibration.hpp"
#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/fit/scan_fit.hpp"

namespace velocal {

/// A number of a chip and scan that chips are compared by.
struct ChipQuantity {
  std::string_view name;     ///< in files and on the command line
  std::string_view symbol;   ///< as printed
  std::string_view unit;     ///< "" = dimensionless
  std::string_view meaning;  ///< in words
  /// A distance from the median over the chips that nobody would act on: a share of the median, and an amount. Chips
  /// as near as their sum are no outliers, however little the others scatter.
  double least_share;
  double least_amount;
};

/// All of them, in the order of detector.csv. The last two are of a scan against a reference: another scan of the chip.
inline constexpr std::array<ChipQuantity, 11> chip_quantities{{
    {"K_mean", "K", "e-/DAC", "mean gain", 0.01, 0.0},
    {"K_ASICgood", "K ASICgood", "e-/DAC", "gain of the good pixels' curve", 0.01, 0.0},
    {"K_std", "std. dev. of K", "e-/DAC", "spread of the gain over the pixels", 0.25, 0.0},
    {"good_share", "Good pixels", "", "share of the live pixels that are good", 0.0, 0.02},
    {"background", "Background", "hits/s", "flat background of a pixel", 1.0, 0.0},
    {"sigma", "σ", "um", "width of the charge cloud", 0.05, 0.0},
    {"noise", "s", "DAC", "mean width of the line", 0.1, 0.0},
    {"dispersion", "Dispersion", "", "variance of the counts over Poisson's", 0.1, 0.0},
    {"chi2_ndf", "χ²/ndf", "", "mean over the pixels", 0.1, 0.0},
    {"K_difference", "ΔK", "e-/DAC", "mean gain less that of the reference", 0.0, 0.1},
    {"changed_pixels", "Changed pixels", "", "pixels of another status than in the reference", 0.0, 655.0},
}};
inline constexpr std::size_t gain_mean_quantity = 0;
inline constexpr std::size_t good_share_quantity = 3;
inline constexpr std::size_t gain_difference_quantity = 9;
inline constexpr std::size_t changed_pixels_quantity = 10;

/// Index of the quantity of that name. Throws UsageError naming those there are.
std::size_t chip_quantity_index(std::string_view name);

/// In the order of chip_quantities. NaN where undefined, the error also where there is none.
using ChipValues = std::array<Uncertain, chip_quantities.size()>;

/// The numbers of one scan, without the last two. Errors are those of the counts: what is common to all chips is in
/// none. `sigma` and `noise` are those of models that have the parameters sigma and s.
ChipValues chip_values(const Calibration& calibration, const ScanFit& fit);

/// Fills the last two: mean gains less those of the reference, with both errors in quadrature; pixels whose status
/// differs.
void compare_with_reference(ChipValues& values, const ChipValues& reference, std::size_t changed_pixels);

/// Pixels that have another status (PixelStatus) in the one than in the other.
std::size_t changed_pixels(const PixelMatrix<std::int8_t>& status, const PixelMatrix<std::int8_t>& reference);

}  // namespace velocal
