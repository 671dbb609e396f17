// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/scan/noise_baseline.hpp"

namespace velocal {

/// What a simulated scan was drawn from: the parameters of F1_0 in each pixel, and a flat background.
struct Truth {
  PixelMatrix<double> shelf;      ///< f
  PixelMatrix<double> amplitude;  ///< A; 0 in masked pixels
  PixelMatrix<double> width;      ///< s [DAC]
  PixelMatrix<double> line;       ///< E0 [DAC]
  PixelMatrix<double> target;     ///< E0 - baseline [DAC], also where the baseline is hidden from the analysis
  PixelMask mask;
  NoiseBaseline baseline;   ///< as written for the analysis: 0 where hidden
  double background = 0.0;  ///< hits/s per pixel
  std::uint64_t seed = 0;
};

}  // namespace velocal
