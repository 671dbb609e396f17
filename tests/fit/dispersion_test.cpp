// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/dispersion.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "drawn_scan.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/curves/fit_curves.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::dispersion_test {

namespace {

constexpr std::size_t pixels = 200;

/// Pixels of a drawn scan in which each photon counts once or twice, half and half: the dispersion is 2.5/1.5.
FluxCube in_bursts(FluxCube cube) {
  std::mt19937_64 random(7);
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
      std::uint32_t& count = cube.counts[t * pixel_count + pixel];
      count += std::binomial_distribution<std::uint32_t>(count, 0.5)(random);
    }
  }
  return cube;
}

Uncertain dispersion(const FluxCube& cube) {
  return dispersion_of(ChipCurves(cube, PixelGroup::all, BaselineMode::after).curves());
}

void check(Uncertain dispersion, double expected) {
  CAPTURE(dispersion.value, dispersion.error);
  CHECK(std::abs(dispersion.value - expected) < 4.0 * dispersion.error);
  CHECK(dispersion.error < 0.05 * expected);
}

}  // namespace

TEST_CASE("the roughness of curves tells the dispersion of their counts, with many hits and with few") {
  const double live_time_s = GENERATE(20.0, 260.0);
  const FluxCube cube = test::draw_scan(pixels, live_time_s, 3).cube;
  check(dispersion(cube), 1.0);
  check(dispersion(in_bursts(cube)), 2.5 / 1.5);
}

TEST_CASE("noisy curves, a glitch and missing thresholds do not move it") {
  FluxCube cube = test::draw_scan(pixels, 260.0, 3).cube;
  cube.live_time_s[30] = 0.0;
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    for (std::size_t pixel = 0; pixel < 3; ++pixel) cube.counts[t * pixel_count + pixel] += t % 3 == 0 ? 900U : 100U;
    if (t != 50) continue;
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) cube.counts[t * pixel_count + pixel] += 63;
  }
  check(dispersion(cube), 1.0);
}

TEST_CASE("a handful of curves tells nothing") {
  CHECK(std::isnan(dispersion(test::draw_scan(2, 260.0, 3).cube).value));
  CHECK(std::isnan(dispersion(test::draw_scan(pixels, 1e-3, 3).cube).value));
}

TEST_CASE("what variances are multiplied by: the dispersion where it is asked for, and above 1") {
  CHECK(dispersion_factor(Covariance::dispersed, {1.5, 0.1}) == 1.5);
  CHECK(dispersion_factor(Covariance::dispersed, {0.9, 0.1}) == 1.0);
  CHECK(dispersion_factor(Covariance::dispersed, {}) == 1.0);
  CHECK(dispersion_factor(Covariance::absolute, {1.5, 0.1}) == 1.0);
}

TEST_CASE("covariance dispersed: errors grow with the root of the dispersion, and the test takes true curves again") {
  const FluxCube cube = in_bursts(test::draw_scan(pixels, 260.0, 3).cube);
  const ChipCurves chip(cube, PixelGroup::all, BaselineMode::after);
  const FluxModel& model = ModelRegistry::instance().get("F1_0");
  // The dispersion widens the bound of outliers, too: the same points have to be left in.
  const CurveFits absolute = fit_curves(chip.curves(), model, {.robust = false});
  const CurveFits dispersed = fit_curves(chip.curves(), model, {.covariance = Covariance::dispersed, .robust = false});
  const double factor = dispersed.dispersion.value;
  CHECK(absolute.dispersion.value == factor);
  const auto good = [](const CurveFits& fits) {
    return static_cast<double>(std::ranges::count(fits.status, PixelStatus::good));
  };
  CHECK(good(absolute) < 0.3 * pixels);
  CHECK(good(dispersed) > 0.88 * pixels);
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    if (absolute.status[pixel] != PixelStatus::good) continue;
    CHECK(dispersed.parameter("E0").value[pixel] == absolute.parameter("E0").value[pixel]);
    CHECK(dispersed.parameter("E0").error[pixel] ==
          Approx(std::sqrt(factor) * absolute.parameter("E0").error[pixel]).epsilon(1e-12));
    CHECK(dispersed.chi2[pixel] == absolute.chi2[pixel]);
  }
  CHECK_THROWS_WITH(fit_curves(chip.curves(), model, {.dispersion = -1.0}), Catch::StartsWith("dispersion is -1"));
}

TEST_CASE("a scan is fitted with the dispersion of its flux, or else with that of its curves") {
  FluxCube cube = in_bursts(test::draw_scan(pixels, 260.0, 3).cube);
  FitSettings settings = test::poisson_settings();
  settings.covariance = Covariance::dispersed;
  const ScanFit of_curves = fit_scan(cube, test::one_line_scan(), settings);
  CHECK(of_curves.dispersion.value == dispersion(cube).value);
  cube.dispersion = {4.0, 0.1};
  const ScanFit of_flux = fit_scan(cube, test::one_line_scan(), settings);
  CHECK(of_flux.dispersion.value == 4.0);
  CHECK(of_flux.asic.fit.parameter("E0").error ==
        Approx(std::sqrt(4.0 / of_curves.dispersion.value) * of_curves.asic.fit.parameter("E0").error).epsilon(1e-9));
}

}  // namespace velocal::dispersion_test
