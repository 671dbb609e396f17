// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "support/pixel_cube.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal::fixed_fit_test {

namespace {

const std::vector<double> shape{4e-4, 10.0, 4.5, 1548.0};
constexpr std::size_t pixels = 400;

/// Pixels of one shape and amplitudes 8...12 at even indices, of a line 0.5 DAC higher at odd ones 1, 3, ..., 19.
FluxCube drawn_cube() {
  std::mt19937_64 random(3);
  FluxCube cube = test::masked_cube(test::threshold_range(1480, 1556), 2e5);
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    std::vector<double> parameters = shape;
    parameters[1] = 8.0 + 0.01 * static_cast<double>(pixel);
    if (pixel < 20 && pixel % 2 == 1) parameters[3] += 0.5;
    test::set_pixel(cube, pixel, test::drawn(test::expected_counts(cube, "F1_0", parameters), random));
  }
  // The curve of the ASIC that the flux has is that of the common shape itself.
  FluxCurve& curve = cube.asic[0];
  curve = {};
  const auto expected = test::expected_counts(cube, "F1_0", shape);
  for (std::size_t t = 0; t < expected.size(); ++t) {
    curve.threshold.push_back(cube.threshold[t]);
    curve.flux.push_back(expected[t] / 2e5);
    curve.error.push_back(1e-4);
  }
  return cube;
}

ScanFit fit(const FluxCube& cube, const std::string& engine = "gsl", Covariance covariance = Covariance::absolute) {
  ScanSettings scan = test::one_line_scan();
  scan.initial = {{"f", 0.0009}, {"A", 8.0}, {"s", 6.0}, {"E0", 1551.0}};
  FitSettings settings = test::reference_settings();
  settings.fixed_fit = true;
  settings.covariance = covariance;
  return fit_scan(cube, scan, settings, {PixelGroup::all, engine});
}

}  // namespace

TEST_CASE("the fixed fit finds each pixel's amplitude, and says which pixels do not share the ASIC's shape") {
  const std::string engine(GENERATE(from_range(minimiser_names())));
  CAPTURE(engine);
  const FluxCube cube = drawn_cube();
  const ScanFit result = fit(cube, engine);
  REQUIRE(result.fixed);
  CHECK(result.fixed->amplitude.name == "A");
  CHECK(result.fixed->amplitude.unit == "DAC hits/s");
  int good = 0, shifted_good = 0;
  double sum = 0.0, squares = 0.0;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    const bool passed = result.fixed->status[pixel] == 1;
    if (pixel < 20 && pixel % 2 == 1) {
      shifted_good += passed ? 1 : 0;
      continue;
    }
    if (!passed) continue;
    ++good;
    const double pull = (result.fixed->amplitude.value[pixel] - 8.0 - 0.01 * static_cast<double>(pixel)) /
                        result.fixed->amplitude.error[pixel];
    sum += pull;
    squares += pull * pull;
  }
  CHECK(shifted_good == 0);  // 0.5 DAC are 50 standard deviations here
  // 390 pixels of which the test rejects 5 %: five standard deviations of the binomial; pulls likewise. Errors that are
  // the counts' own square roots draw A down by some 1/N in each of 77 points: 0.1 of its error.
  CHECK(std::abs(good - 370.5) < 5.0 * std::sqrt(390.0 * 0.05 * 0.95));
  CHECK(std::abs(sum / good) < 5.0 / std::sqrt(good) + 0.1);
  CHECK(std::abs(std::sqrt(squares / good) - 1.0) < 5.0 / std::sqrt(2.0 * good));
}

TEST_CASE("the amplitude of a fixed fit has a closed form") {
  // Independent calculation: F = A g(E) is linear in A: A = sum(w F g)/sum(w g^2), u(A)^2 = 1/sum(w g^2).
  const FluxCube cube = drawn_cube();
  const ScanFit result = fit(cube);
  const auto held = [&](const char* name) { return result.asic.fit.parameter(name).value; };
  CHECK(held("E0") == Approx(shape[3]).margin(0.02));
  const auto unit = test::expected_counts(cube, "F1_0", {held("f"), 1.0, held("s"), held("E0")});
  for (const std::size_t pixel : {0u, 100u, 399u}) {
    double numerator = 0.0, denominator = 0.0;
    for (std::size_t t = 0; t < unit.size(); ++t) {
      const double counts = cube.counts_at(t)[pixel];
      numerator += unit[t];
      denominator += unit[t] * unit[t] / counts;
    }
    CHECK(result.fixed->amplitude.value[pixel] == Approx(numerator / denominator).epsilon(1e-6));
    CHECK(result.fixed->amplitude.error[pixel] == Approx(1.0 / std::sqrt(denominator)).epsilon(1e-6));
  }
}

TEST_CASE("without a fit of the ASIC no fixed fit is found") {
  FluxCube cube = drawn_cube();
  cube.asic[0].flux.assign(cube.threshold_count(), undefined);
  const ScanFit result = fit(cube, "gsl", Covariance::scaled);  // takes the curve of the flux
  REQUIRE(result.fixed);
  CHECK(result.fixed->status[0] == -1);
  CHECK(std::isnan(result.fixed->amplitude.value[0]));
}

}  // namespace velocal::fixed_fit_test
