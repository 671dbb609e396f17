// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "velocal/core/pixel_matrix.hpp"

namespace velocal {

/// Noise baseline of the equalisation, per pixel [DAC].
struct NoiseBaseline {
  PixelMatrix<double> mean;   ///< 0: not found
  PixelMatrix<double> width;  ///< >= 0

  bool found(std::size_t pixel) const { return mean[pixel] > 0.0; }
};

/// Reads `<folder>/<asic>_TrimBest_Noise_Predict.csv` and `<folder>/<asic>_Trim0_Noise_Width.csv`.
/// Throws InputError (file, line, column) when one is missing, of another shape, or holds no finite number >= 0.
NoiseBaseline read_noise_baseline(const std::filesystem::path& folder, std::string_view asic);

}  // namespace velocal
