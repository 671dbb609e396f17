// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "velocal/core/pixel_matrix.hpp"

namespace velocal {

struct NoiseScan;

/// What can be said of a pixel's noise.
enum class NoiseStatus : std::uint8_t {
  good,
  saturated,     ///< its counter was full at one threshold or more
  no_hits,       ///< no noise seen
  one_hit,       ///< no width
  cut_off,       ///< most hits at the first or the last threshold: part of the noise lies outside of the sweep
  undetermined,  ///< the estimator finds no mean and width
};
inline constexpr std::array<std::string_view, 6> noise_status_names{"good",    "saturated", "no hits",
                                                                    "one hit", "cut off",   "undetermined"};

/// Noise of each pixel in one scan.
struct PixelNoise {
  PixelMatrix<std::uint32_t> hits;   ///< N, all thresholds together
  PixelMatrix<double> mean;          ///< DAC; NaN without hits, or where undetermined
  PixelMatrix<double> error;         ///< of the mean [DAC]; NaN for N < 2 as well
  PixelMatrix<double> width;         ///< DAC; NaN likewise
  PixelMatrix<std::uint8_t> status;  ///< a NoiseStatus

  /// Whether mean and width are those of the pixel's whole noise: good or saturated.
  bool usable(std::size_t pixel) const { return status[pixel] <= static_cast<std::uint8_t>(NoiseStatus::saturated); }
  std::size_t count(NoiseStatus status) const;  ///< pixels of that status
};

/// Mean, width and status of each pixel's noise. Throws UsageError for an estimator that there is not. `threads` <= 0:
/// all.
PixelNoise pixel_noise(const NoiseScan& scan, std::string_view estimator, int threads = 0);

}  // namespace velocal
