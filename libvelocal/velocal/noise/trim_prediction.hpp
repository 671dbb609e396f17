// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/descriptor/noise_settings.hpp"
#include "velocal/noise/pixel_noise.hpp"

namespace velocal {

inline constexpr int highest_trim = 15;  ///< F: there are 15 steps from trim 0

/// Why the equalisation masks a pixel; the first that holds. The numbers are those of its files.
enum class NoiseMask : std::uint8_t {
  none,
  no_noise,        ///< no noise in either scan
  no_noise_trim0,  ///< none at trim 0
  no_noise_trimF,  ///< none at trim F
  no_trim,         ///< its noise cannot be moved to the target: that takes a trim outside of 0...15
  far_off,         ///< its predicted baseline is more than 25 DAC from the target
  cut_off,         ///< `linear` only: the sweep cuts its noise off
};
inline constexpr std::array<std::string_view, 7> noise_mask_names{
    "none", "no noise", "no noise at trim 0", "no noise at trim F", "no trim", "far off", "cut off"};

/// Where each pixel's noise lies at its trim.
struct TrimPrediction {
  double level_trim0 = 0.0;             ///< mean over the pixels that both scans see [DAC]
  double level_trimF = 0.0;             ///< likewise
  double target = 0.0;                  ///< half way
  PixelMatrix<std::uint8_t> trim = {};  ///< 0...15; 0 where masked
  PixelMatrix<std::uint8_t> mask = {};  ///< a NoiseMask
  PixelMatrix<double> baseline = {};    ///< predicted mean of the noise [DAC]; NaN where masked
  PixelMatrix<double> error = {};       ///< of the two measured means, carried on; NaN where masked

  std::size_t count(NoiseMask reason) const;  ///< pixels masked for that reason
};

/// Trim, mask and baseline of each pixel. `trims`: those in use, 0...15; empty: the best, which brings a pixel nearest
/// to the target. Throws InputError when no pixel has noise in both scans, or the noise of trim 0 does not lie below
/// that of trim F.
TrimPrediction predict_baseline(const PixelNoise& trim0, const PixelNoise& trimF, NoisePrediction kind,
                                const std::optional<PixelMatrix<std::uint8_t>>& trims = {});

}  // namespace velocal
