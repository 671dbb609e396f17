// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/trim_prediction.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "velocal/core/error.hpp"
#include "velocal/core/uncertain.hpp"

using namespace velocal;
using Catch::Matchers::Contains;

namespace {

/// Noise with these means, 0 = no hits; errors of 0.3 DAC.
PixelNoise with_means(const PixelMatrix<double>& means) {
  PixelNoise noise;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    const bool found = means[i] > 0.0;
    noise.hits[i] = found ? 700 : 0;
    noise.mean[i] = found ? means[i] : undefined;
    noise.error[i] = found ? 0.3 : undefined;
    noise.width[i] = found ? 8.0 : undefined;
    noise.status[i] = static_cast<std::uint8_t>(found ? NoiseStatus::good : NoiseStatus::no_hits);
  }
  return noise;
}

/// A chip with means about 1300 and 1360, of which few pixels differ.
struct Chip {
  PixelMatrix<double> mean0{1300.0}, meanF{1360.0};

  TrimPrediction predict(NoisePrediction kind) const {
    return predict_baseline(with_means(mean0), with_means(meanF), kind);
  }
};

std::string_view mask(const TrimPrediction& prediction, std::size_t pixel) {
  return noise_mask_names.at(prediction.mask[pixel]);
}

}  // namespace

TEST_CASE("there are fifteen steps between the trims 0 and F") {
  Chip chip;
  chip.mean0[5] = 1310.0;  // a step is 55/15 DAC; the target is 20 DAC = 5.45 steps away
  chip.meanF[5] = 1365.0;
  const TrimPrediction prediction = chip.predict(NoisePrediction::linear);
  CHECK(prediction.target == Approx(1330.0).margin(0.001));
  CHECK(prediction.trim[5] == 5);
  CHECK(prediction.baseline[5] == Approx(1310.0 + 5 * 55.0 / 15.0));
  CHECK(prediction.error[5] == Approx(0.3 * std::hypot(10.0 / 15.0, 5.0 / 15.0)));
  // all others: 7.5 steps, and a half is rounded away from 0
  CHECK(prediction.trim[0] == (prediction.target < 1330.0 ? 7 : 8));
}

TEST_CASE("at the trims in use the baseline is on the line between the two scans") {
  const Chip chip;
  const TrimPrediction prediction = predict_baseline(with_means(chip.mean0), with_means(chip.meanF),
                                                     NoisePrediction::linear, PixelMatrix<std::uint8_t>(3));
  CHECK(prediction.trim[9] == 3);
  CHECK(prediction.baseline[9] == Approx(1312.0));
}

TEST_CASE("a pixel is masked for the first reason that holds") {
  for (const NoisePrediction kind : {NoisePrediction::linear, NoisePrediction::established}) {
    CAPTURE(to_string(kind));
    Chip chip;
    chip.mean0[1] = chip.meanF[1] = 0.0;
    chip.mean0[2] = 0.0;
    chip.meanF[3] = 0.0;
    chip.mean0[4] = 1340.0;  // above the target
    chip.meanF[5] = 1320.0;  // below it
    chip.meanF[6] = 1300.0;  // no step
    chip.mean0[7] = 820.0;   // steps of 140 or 150 DAC: the nearest is more than 50 DAC off
    chip.meanF[7] = 3070.0;
    const TrimPrediction prediction = chip.predict(kind);
    CHECK(mask(prediction, 0) == "none");
    CHECK(mask(prediction, 1) == "no noise");
    CHECK(mask(prediction, 2) == "no noise at trim 0");
    CHECK(mask(prediction, 3) == "no noise at trim F");
    CHECK(mask(prediction, 4) == "no trim");
    CHECK(mask(prediction, 5) == "no trim");
    CHECK(mask(prediction, 6) == "no trim");
    CHECK(mask(prediction, 7) == "far off");
    CHECK(prediction.count(NoiseMask::no_trim) == 3);
    for (std::size_t pixel = 1; pixel < 8; ++pixel) {
      CHECK(prediction.trim[pixel] == 0);
      CHECK(std::isnan(prediction.baseline[pixel]));
      CHECK(std::isnan(prediction.error[pixel]));
    }
  }
}

TEST_CASE("noise that the sweep cuts off is masked, but not by the established arithmetic") {
  const Chip chip;
  PixelNoise trimF = with_means(chip.meanF);
  trimF.status[3] = static_cast<std::uint8_t>(NoiseStatus::cut_off);
  const PixelNoise trim0 = with_means(chip.mean0);
  CHECK(mask(predict_baseline(trim0, trimF, NoisePrediction::linear), 3) == "cut off");
  CHECK(mask(predict_baseline(trim0, trimF, NoisePrediction::established), 3) == "none");
}

TEST_CASE("the established prediction has the integers of the established programs") {
  // An independent calculation: integers and single precision as the rules of the equalisation are written.
  std::mt19937_64 random(5);
  std::normal_distribution<double> spread(0.0, 9.0);
  Chip chip;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    chip.mean0[i] += spread(random);
    chip.meanF[i] += spread(random);
  }
  const TrimPrediction prediction = chip.predict(NoisePrediction::established);
  long sum0 = 0, sumF = 0;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    sum0 += static_cast<long>(chip.mean0[i]);
    sumF += static_cast<long>(chip.meanF[i]);
  }
  const int target = static_cast<int>((sum0 / 65536 + sumF / 65536) / 2);
  CHECK(prediction.target == target);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    const int mean0 = static_cast<int>(chip.mean0[i]), meanF = static_cast<int>(chip.meanF[i]);
    const float scale = static_cast<float>(meanF - mean0) / 16.0F;
    const int trim = static_cast<int>(std::lround(static_cast<float>(target - mean0) / scale));
    const int baseline = mean0 + static_cast<int>(std::lround(static_cast<float>(trim) * scale));
    const bool masked = trim < 0 || trim > 15;
    const bool right =
        masked ? prediction.mask[i] == 4
               : prediction.mask[i] == 0 && prediction.trim[i] == trim && prediction.baseline[i] == baseline;
    if (!right) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("scans that cannot be of one equalisation are refused") {
  Chip chip;
  std::swap(chip.mean0, chip.meanF);
  CHECK_THROWS_AS(chip.predict(NoisePrediction::linear), InputError);
  CHECK_THROWS_WITH(chip.predict(NoisePrediction::established),
                    Contains("trim 0 does not lie below that at trim F (on average at 1360.00 and 1300.00 DAC)"));
  for (std::size_t i = 0; i < pixel_count; ++i) (i % 2 == 0 ? chip.mean0 : chip.meanF)[i] = 0.0;
  CHECK_THROWS_WITH(chip.predict(NoisePrediction::linear), Contains("no pixel has noise at trim 0 and at trim F"));
}
