// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/noise/measured_baseline.hpp"

namespace velocal {

/// The trim in use in each pixel, and how far one step of it moves the noise.
struct TrimSteps {
  PixelMatrix<std::uint8_t> trim;       ///< 0...15
  PixelMatrix<double> step{undefined};  ///< (mean F - mean 0)/15 [DAC], > 0; NaN where the equalisation masks the pixel
};

TrimSteps trim_steps(const MeasuredBaseline& baseline);

}  // namespace velocal
