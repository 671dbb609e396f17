// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/trim_steps.hpp"

namespace velocal {

TrimSteps trim_steps(const MeasuredBaseline& baseline) {
  TrimSteps steps{.trim = baseline.prediction.trim};
  const PixelNoise &trim0 = baseline.trim0.noise, &trimF = baseline.trimF.noise;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    if (baseline.prediction.mask[i] != static_cast<std::uint8_t>(NoiseMask::none)) continue;
    const double step = (trimF.mean[i] - trim0.mean[i]) / highest_trim;
    if (step > 0.0) steps.step[i] = step;
  }
  return steps;
}

}  // namespace velocal
