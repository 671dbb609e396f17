// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/trim_steps.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace velocal;

TEST_CASE("there are fifteen steps between the noise at trim 0 and at trim F, also for established predictions") {
  MeasuredBaseline baseline;
  baseline.kind = GENERATE(NoisePrediction::linear, NoisePrediction::established);
  baseline.trim0.noise.mean = PixelMatrix<double>(1300.0);
  baseline.trimF.noise.mean = PixelMatrix<double>(1360.0);
  baseline.trimF.noise.mean[7] = 1300.0;
  baseline.prediction.trim[5] = 9;
  baseline.prediction.mask[6] = static_cast<std::uint8_t>(NoiseMask::no_trim);
  const TrimSteps trims = trim_steps(baseline);
  CHECK(trims.step[5] == 4.0);
  CHECK(trims.trim[5] == 9);
  CHECK(std::isnan(trims.step[6]));  // masked
  CHECK(std::isnan(trims.step[7]));  // its noise does not move
}
