// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/summed_curve.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "drawn_scan.hpp"

namespace velocal::summed_curve_test {

namespace {

const std::vector<double> truth{4e-4, 10.0, 4.5, 1549.0};

/// The fit of the ASIC with start values that lead nowhere, or with none.
ScanFit fit(const FluxCube& cube, const FitSettings& settings = test::poisson_settings()) {
  ScanSettings scan = test::one_line_scan();
  scan.initial = {{"f", 9e-4}, {"A", 8.0}, {"s", 6.0}, {"E0", 149.0}};
  return fit_scan(cube, scan, settings);
}

double pull(const CurveFit& fit) {
  return (fit.parameter("E0").value - truth[3]) / fit.parameter("E0").error;
}

}  // namespace

TEST_CASE("sums: hits and exposure of the selected pixels, over the thresholds of the mode") {
  FluxCube cube = test::masked_cube({10, 11, 12}, 2.0);
  test::set_pixel(cube, 0, std::vector<std::uint32_t>{20, 0, 10});
  test::set_pixel(cube, 1, std::vector<std::uint32_t>{40, 0, 30});
  cube.live_time_s[1] = 0.0;
  cube.baseline.emplace();
  cube.baseline->mean[0] = 5.75;
  cube.baseline->mean[1] = 3.25;
  PixelSelection both;
  both[0] = both[1] = 1;
  const SummedCurve after = summed_curve(cube, both, BaselineMode::after, 4.5);
  CHECK(after.hits == std::vector{60.0, 0.0, 40.0});
  CHECK(after.exposure_s == std::vector{4.0, 0.0, 4.0});
  CHECK(after.flux.flux[2] == 10.0);
  CHECK(after.flux.error[2] == Approx(std::sqrt(40.0) / 4.0).epsilon(1e-14));
  CHECK(std::isnan(after.flux.flux[1]));
  CHECK(summed_curve(cube, both, BaselineMode::before, 4.5).flux.threshold == std::vector{5.5, 6.5, 7.5});
  const SummedCurve aligned = summed_curve(cube, both, BaselineMode::aligned, 4.5);
  CHECK(aligned.flux.threshold == std::vector{5.0, 7.0, 9.0});
  CHECK(aligned.hits == std::vector{20.0, 50.0, 30.0});
  CHECK(aligned.exposure_s == std::vector{2.0, 4.0, 2.0});
}

TEST_CASE("the ASIC's errors are those of its counts: with one acquisition as with ten of the same hits") {
  FluxCube cube = test::draw_equal_pixels(300, 20.0, truth);
  const ScanFit one = fit(cube);
  REQUIRE(one.asic.fit.found);
  CHECK(std::abs(pull(one.asic.fit)) < 4.0);
  CHECK(std::abs(pull(one.asic_good.fit)) < 4.0);
  CHECK(one.asic.fit.parameter("E0").error < 0.1);
  CHECK(one.asic.fit.chi2 / one.asic.fit.ndf == Approx(1.0).margin(0.5));
  CHECK(one.asic.curve.error[0] == Approx(std::sqrt(one.asic.curve.flux[0] / (300 * 20.0))).epsilon(1e-12));
  for (AcquisitionTally& tally : cube.acquisitions) tally.good = 10;
  CHECK(fit(cube).asic.fit.parameter("E0").value == one.asic.fit.parameter("E0").value);
  CHECK(fit(cube).asic.fit.parameter("E0").error == one.asic.fit.parameter("E0").error);
}

TEST_CASE("start values that lead nowhere do not lose the ASIC, with any statistic") {
  FluxCube cube = test::draw_equal_pixels(300, 130.0, truth);
  test::set_asic_curve(cube);
  FitSettings settings = test::reference_settings();
  settings.statistic = GENERATE(as<std::string>{}, "neyman", "poisson");
  settings.covariance = GENERATE(Covariance::scaled, Covariance::absolute);
  const ScanFit lost = fit(cube, settings);
  REQUIRE(lost.asic.fit.found);
  CHECK(lost.asic.fit.parameter("E0").value == Approx(1549.0).margin(0.2));
}

TEST_CASE("noisy pixels take no part in the ASIC's curve") {
  FluxCube cube = test::draw_equal_pixels(300, 130.0, truth);
  const Uncertain quiet = fit(cube).asic.fit.parameter("E0");
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) cube.counts[t * pixel_count + 7] += 10'000;
  CHECK(fit(cube).asic.fit.parameter("E0").value == Approx(quiet.value).margin(quiet.error));
}

TEST_CASE("a curve without a line is not found") {
  FluxCube cube = test::masked_cube(test::threshold_range(1480, 1600), 130.0);
  const std::uint32_t count = GENERATE(0u, 5u, 60u);
  for (std::size_t pixel = 0; pixel < 50; ++pixel) {
    test::set_pixel(cube, pixel, std::vector<std::uint32_t>(cube.threshold_count(), count));
  }
  CHECK_FALSE(fit(cube).asic.fit.found);
}

}  // namespace velocal::summed_curve_test
