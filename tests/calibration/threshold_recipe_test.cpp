// SPDX-License-Identifier: GPL-3.0-or-later
// Mathematics: few pixels, whose thresholds are worked out by hand.
#include "velocal/calibration/threshold_recipe.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "hand_made_fit.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using Catch::Matchers::Contains;

namespace {

/// Photons of 1600 +- 16 pairs, and a pixel for each target, all of them with the baseline 1425 DAC.
struct FewPixels {
  ScanFit fit = test::hand_made_fit(BaselineMode::after);
  Source source = test::one_line(6000.0, 3.75, 0.0375);

  explicit FewPixels(const std::vector<double>& targets) {
    for (std::size_t i = 0; i < targets.size(); ++i) test::set_good(fit, i, {1425.0 + targets[i], 0.1});
  }
  Calibration calibration() const { return calibrate(fit, source); }
  ThresholdRecipe recipe(double charge, const TrimSteps* trims = nullptr) const {
    return threshold_recipe(charge, fit, calibration(), trims);
  }
};

}  // namespace

TEST_CASE("the global threshold is the mean of those at which the pixels fire at the charge") {
  const ThresholdRecipe recipe = FewPixels({100.0, 200.0}).recipe(1000.0);  // K = 16 and 8 e-/DAC
  CHECK(recipe.threshold[0] == Approx(1425.0 + 62.5).epsilon(1e-14));
  CHECK(recipe.threshold[1] == Approx(1425.0 + 125.0).epsilon(1e-14));
  CHECK(std::isnan(recipe.threshold[2]));
  CHECK(recipe.thresholds.count == 2);
  CHECK(recipe.thresholds.mean == Approx(1518.75).epsilon(1e-14));
  CHECK(recipe.thresholds.standard_deviation == Approx(31.25).epsilon(1e-12));
  CHECK(recipe.thresholds.mean_error == Approx(31.25 / std::sqrt(2.0)).epsilon(1e-12));
  // 1 % of the pairs moves the mean of threshold - baseline, 93.75 DAC, by 1 %. The threshold is baseline + 1000/1600
  // (line - baseline): a drift of the baseline moves it by 3/8 of 0.28 DAC
  CHECK(recipe.common_error == Approx(std::hypot(0.9375, 0.375 * 0.28)).epsilon(1e-12));
  // 93.75 DAC are 1500 e- in the first pixel and 750 in the second
  CHECK(recipe.charges.charge[0] == Approx(1500.0).epsilon(1e-12));
  CHECK(recipe.charges.charge[1] == Approx(750.0).epsilon(1e-12));
  CHECK(recipe.charges.moments.mean == Approx(1125.0).epsilon(1e-12));
  CHECK(recipe.charges.low == 0.5);
  CHECK(recipe.charges.high == 0.5);
  CHECK_FALSE(recipe.equalised);
}

TEST_CASE("at the charge of the photon line the pixels fire where the line is, whatever is done about the baseline") {
  const auto mode = GENERATE(BaselineMode::after, BaselineMode::before, BaselineMode::aligned);
  ScanFit fit = test::hand_made_fit(mode);
  fit.baseline->mean = PixelMatrix<double>(1425.75);
  const double line = 1550.0;  // in raw DAC
  const double taken_off = mode == BaselineMode::after ? 0.0 : mode == BaselineMode::before ? 1425.75 : 1425.0;
  test::set_good(fit, 3, {line - taken_off, 1.0});
  const Source source = test::one_line(6000.0, 3.75, 0.0);
  CHECK(threshold_recipe(1600.0, fit, calibrate(fit, source)).threshold[3] == Approx(line).epsilon(1e-13));
}

TEST_CASE("what the chip shares is an error of the threshold that all pixels have in common") {
  FewPixels pixels({100.0, 100.0});
  SharedParameter sigma;
  sigma.value = {4.5, 0.1};
  sigma.line_slope = 3.0;  // 0.3 DAC of the target
  pixels.fit.shared.push_back(sigma);
  CHECK(pixels.recipe(800.0).common_error == Approx(0.5 * std::hypot(1.0, 0.3, 0.28)).epsilon(1e-12));
}

TEST_CASE("shares are counted below 0.8 and above 1.2 of the charge") {
  // thresholds of 1600 e- are the targets: their mean is 100, and the charges there 1600 * 100/target
  const ThresholdRecipe recipe = FewPixels({70.0, 100.0, 100.0, 130.0}).recipe(1600.0);
  CHECK(recipe.thresholds.mean == Approx(1525.0).epsilon(1e-14));
  CHECK(recipe.charges.high == 0.25);  // 1.43
  CHECK(recipe.charges.low == 0.25);   // 0.77
  const ThresholdRecipe narrow = FewPixels({85.0, 100.0, 100.0, 115.0}).recipe(1600.0);
  CHECK(narrow.charges.high == 0.0);
  CHECK(narrow.charges.low == 0.0);
}

TEST_CASE("trims move each pixel to the global threshold, as near as whole trims can, and not beyond 0 and 15") {
  // thresholds of 1600 e-: 1525 + (-9, 0, 9, -80, 80, 3), mean 1525.5
  const FewPixels pixels({91.0, 100.0, 109.0, 20.0, 180.0, 103.0});
  FewPixels valid = pixels;
  valid.source = test::one_line(600.0, 3.75, 0.0);  // 160 pairs: K is 8 e-/DAC even at a target of 20 DAC
  TrimSteps trims;
  for (std::size_t i = 0; i < 5; ++i) {
    trims.trim[i] = 7;
    trims.step[i] = 4.0;
  }
  trims.trim[5] = 3;  // its step is not known
  const ThresholdRecipe recipe = valid.recipe(160.0, &trims);
  CHECK(recipe.thresholds.mean == Approx(1525.5).epsilon(1e-14));
  REQUIRE(recipe.equalised);
  const EqualisedTrims& found = *recipe.equalised;
  CHECK(found.trim[0] == 9);  // 9.5 DAC are 2.4 steps up
  CHECK(found.trim[1] == 7);  // half a DAC
  CHECK(found.trim[2] == 5);  // 8.5 DAC are 2.1 steps down
  CHECK(found.trim[3] == 15);
  CHECK(found.trim[4] == 0);
  CHECK(found.trim[5] == 3);
  CHECK(found.trim[6] == 0);
  CHECK(found.moved == 4);
  CHECK(found.clipped_high == 1);
  CHECK(found.clipped_low == 1);
  CHECK(found.without_step == 1);
  // then at 1524, 1525, 1526, 1477, 1577, 1528
  CHECK(found.thresholds.count == 6);
  CHECK(found.thresholds.mean == Approx(1525.0 + 7.0 / 6.0).epsilon(1e-12));
  CHECK(found.charges.charge[0] == Approx(160.0 + 160.0 / 91.0 * 1.5).epsilon(1e-12));
}

TEST_CASE("there is no threshold without a charge, a baseline or a calibrated pixel") {
  FewPixels pixels({100.0});
  for (const double charge : {0.0, -1000.0, undefined, 1.01e6, std::numeric_limits<double>::infinity()}) {
    CHECK_THROWS_AS(pixels.recipe(charge), UsageError);
  }
  const Calibration calibration = pixels.calibration();
  pixels.fit.baseline.reset();
  CHECK_THROWS_AS(threshold_recipe(1000.0, pixels.fit, calibration), InputError);
  const FewPixels none({});
  CHECK_THROWS_WITH(none.recipe(1000.0), Contains("no pixel has a gain"));
  CHECK_THROWS_AS(none.recipe(1000.0), InputError);
}
