// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/descriptor/noise_settings.hpp"
#include "velocal/scan/matrix_csv.hpp"

namespace velocal {

/// Noise baseline of the equalisation, per pixel [DAC].
struct NoiseBaseline {
  PixelMatrix<double> mean;   ///< 0: not found
  PixelMatrix<double> width;  ///< >= 0

  bool found(std::size_t pixel) const { return mean[pixel] > 0.0; }
};

/// What keeps a baseline from being one, in words; empty when nothing does.
std::string problem_of(const NoiseBaseline& baseline);

/// Throws UsageError unless all numbers are 0...65535 DAC, as thresholds are.
void require_valid(const NoiseBaseline& baseline);

/// Reads `<folder>/<asic>_TrimBest_Noise_Predict.csv` and `<folder>/<asic>_Trim0_Noise_Width.csv`, or those of the
/// control scan (scan/file_naming.hpp). Each is opened once, in this order; `seen` may be empty. Throws InputError
/// (file and place) when one is missing, has another shape, or holds anything but numbers from 0 to 65535.
NoiseBaseline read_noise_baseline(const std::filesystem::path& folder, std::string_view asic,
                                  const ContentsSeen& seen = {}, BaselineKind kind = BaselineKind::predicted);

}  // namespace velocal
