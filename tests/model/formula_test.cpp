// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "sample_points.hpp"
#include "support/model_formulas.hpp"
#include "velocal/model/model_registry.hpp"

using namespace velocal;

TEST_CASE("each model is its formula, over its domain and far into both tails") {
  // An independent calculation in long double. A double d/s has a relative error of some epsilons, which exp and erfc
  // turn into 2 (d/s)^2 times that; terms that nearly cancel keep the error of the larger.
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  CAPTURE(typical.model);
  const FluxModel& model = ModelRegistry::instance().get(typical.model);
  for (const test::SamplePoint& sample : test::sample_points(typical)) {
    const std::vector threshold{sample.threshold};
    std::vector<double> flux(1, -1.0);
    model.flux(sample.parameters, threshold, flux);
    const std::vector<long double> parameters(sample.parameters.begin(), sample.parameters.end());
    const long double expected = test::formula(typical.model, parameters, sample.threshold);
    const double tolerance = test::rounding_error(typical.model, sample);
    if (!(std::abs(static_cast<double>(flux[0] - expected)) <= tolerance)) {
      FAIL(fmt::format("at {}, parameters {}: {} is not {} +- {}", sample.threshold, fmt::join(sample.parameters, ", "),
                       flux[0], expected, tolerance));
    }
  }
}

TEST_CASE("values at d = 0 that can be done by hand") {
  // erfc(0) = 1, exp(0) = 1: only the constants in front remain.
  const auto value = [](const char* name, std::vector<double> parameters) {
    const std::vector threshold{parameters.back()};
    std::vector<double> flux(1);
    ModelRegistry::instance().get(name).flux(parameters, threshold, flux);
    return flux[0];
  };
  const double sqrt_pi = 1.7724538509055159, sqrt_2pi = 2.5066282746310002;
  CHECK(value("F1_0", {0.5, 4.0, 2.0, 1500.0}) == Approx(2.0 / sqrt_pi + 0.5 / sqrt_2pi).epsilon(1e-14));
  CHECK(value("F1", {0.5, 4.0, 2.0, 1500.0}) == Approx(0.5 / sqrt_2pi).epsilon(1e-14));
  CHECK(value("F2s_0", {0.5, 4.0, 2.0, 5.0, 1500.0}) == Approx(2.0 / sqrt_pi + 0.2 / sqrt_2pi).epsilon(1e-14));
  CHECK(value("FAB_0", {3.0, 4.0, 2.0, 1500.0}) == Approx(8.0 / sqrt_pi + 1.5 / sqrt_2pi).epsilon(1e-14));
  CHECK(value("FAB", {3.0, 4.0, 2.0, 1500.0}) == Approx(1.5 / sqrt_2pi).epsilon(1e-14));
  CHECK(value("F2sAB", {3.0, 4.0, 2.0, 5.0, 1500.0}) == Approx(0.6 / sqrt_2pi).epsilon(1e-14));
  CHECK(value("F4", {3.0, 4.0, 2.0, 1500.0}) == Approx(16.0 / sqrt_2pi + 3.0 * sqrt_2pi).epsilon(1e-14));
  CHECK(value("timepix", {3.0, 4.0, 2.0, 1500.0}) == Approx(7.0).epsilon(1e-14));
}

TEST_CASE("far below the line the photo-peak step is full, far above it nothing is left") {
  // 2/(2 sqrt(2 pi) s) (1-f) A and the shelf's straight line -f A d; above, erfc is 0 in double.
  const std::vector parameters{0.001, 10.0, 4.0, 1500.0};
  const std::vector threshold{1300.0, 1700.0};
  std::vector<double> flux(2);
  ModelRegistry::instance().get("F1_0").flux(parameters, threshold, flux);
  CHECK(flux[0] == Approx(0.999 * 10.0 / (2.5066282746310002 * 4.0) + 0.001 * 10.0 * 200.0).epsilon(1e-14));
  CHECK(flux[1] >= 0.0);
  CHECK(flux[1] < 1e-300);
}

TEST_CASE("an array of thresholds gives an array of fluxes, of any length") {
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  const FluxModel& model = ModelRegistry::instance().get(typical.model);
  const std::size_t points = GENERATE(0u, 1u, 2u, 3u, 5u, 8u, 13u, 121u);
  std::vector<double> threshold(points), flux(points), single(1);
  for (std::size_t i = 0; i < points; ++i) threshold[i] = 1600.0 - static_cast<double>(i) * 1.37;
  model.flux(typical.values, threshold, flux);
  for (std::size_t i = 0; i < points; ++i) {
    model.flux(typical.values, std::span(threshold).subspan(i, 1), single);
    CHECK(flux[i] == Approx(single[0]).epsilon(1e-13));
  }
}
