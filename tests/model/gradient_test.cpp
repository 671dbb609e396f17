// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "sample_points.hpp"
#include "support/model_formulas.hpp"
#include "velocal/model/model_registry.hpp"

using namespace velocal;

namespace {

/// Derivative of the formula by parameter k: central differences with steps h, h/2, h/4, h/8, extrapolated to 0
/// (Richardson), so that the error is of order h^8, in long double. h is rounded to a power of two, so that the
/// parameter
/// +- h is exact.
long double numeric_derivative(std::string_view model, const test::SamplePoint& sample, std::size_t k, long double h) {
  h = std::exp2(std::floor(std::log2(h)));
  std::array<long double, 4> slope{};
  std::vector<long double> parameters(sample.parameters.begin(), sample.parameters.end());
  const long double centre = parameters[k];
  for (long double& difference : slope) {
    parameters[k] = centre + h;
    const long double above = test::formula(model, parameters, sample.threshold);
    parameters[k] = centre - h;
    difference = (above - test::formula(model, parameters, sample.threshold)) / (2 * h);
    h /= 2;
  }
  for (std::size_t level = 1; level < slope.size(); ++level) {
    const long double weight = std::pow(4.0L, static_cast<long double>(level));
    for (std::size_t i = slope.size() - 1; i >= level; --i) slope[i] += (slope[i] - slope[i - 1]) / (weight - 1);
  }
  return slope.back();
}

/// The length over which F changes noticeably when parameter k does.
double scale_of(const test::TypicalParameters& typical, const test::SamplePoint& sample, std::size_t k) {
  const std::string& name = typical.names[k];
  if (name != "E0" && !test::is_width(name)) return sample.parameters[k];
  const double width = test::smallest_width(typical.model, sample.parameters);
  const double u = std::abs(sample.threshold - sample.parameters.back()) / width;
  return width / (1.0 + (name == "E0" ? u : u * u));
}

double largest_rounding_error(const test::TypicalParameters& typical, const test::SamplePoint& sample) {
  const double length = scale_of(typical, sample, typical.names.size() - 1);
  return std::max(test::rounding_error(typical.model, {sample.parameters, sample.threshold - length}),
                  test::rounding_error(typical.model, {sample.parameters, sample.threshold + length}));
}

}  // namespace

TEST_CASE("each gradient is the derivative of the formula, over the domain and far into both tails") {
  // The step is 1/64 of that length l: the eighth-order remainder is below 1e-17, rounding of long double below 1e-16,
  // both of F/l. The tolerance is the rounding of F in double, over l, twice: derivatives of exp and erfc have one more
  // factor d/s, which l contains. It is taken at d +- l: where -d erfc(d/s) is 0, its slope is not.
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  CAPTURE(typical.model);
  const FluxModel& model = ModelRegistry::instance().get(typical.model);
  const std::size_t count = typical.names.size();
  for (const test::SamplePoint& sample : test::sample_points(typical)) {
    std::vector<double> flux(1), gradient(count);
    model.flux_and_gradient(sample.parameters, std::vector{sample.threshold}, flux, gradient);
    for (std::size_t k = 0; k < count; ++k) {
      const double scale = scale_of(typical, sample, k);
      const long double expected = numeric_derivative(typical.model, sample, k, scale / 64);
      const double tolerance = 2.0 * largest_rounding_error(typical, sample) / scale;
      if (!(std::abs(static_cast<double>(gradient[k] - expected)) <= tolerance)) {
        FAIL(fmt::format("by {} at {}, parameters {}: {} is not {} +- {}", typical.names[k], sample.threshold,
                         fmt::join(sample.parameters, ", "), gradient[k], expected, tolerance));
      }
    }
  }
}

TEST_CASE("flux and flux with gradient are the same flux - the gradient is stored parameter by parameter") {
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  CAPTURE(typical.model);
  const FluxModel& model = ModelRegistry::instance().get(typical.model);
  const std::size_t count = typical.names.size();
  std::vector<double> threshold;
  for (int i = 0; i < 121; ++i) threshold.push_back(1480.0 + i);
  std::vector<double> flux(121), same_flux(121), gradient(count * 121), one(1), slope(count);
  model.flux(typical.values, threshold, flux);
  model.flux_and_gradient(typical.values, threshold, same_flux, gradient);
  for (std::size_t i = 0; i < 121; ++i) {
    REQUIRE(flux[i] == Approx(same_flux[i]).epsilon(1e-13));
    model.flux_and_gradient(typical.values, std::span(threshold).subspan(i, 1), one, slope);
    for (std::size_t k = 0; k < count; ++k) REQUIRE(gradient[k * 121 + i] == Approx(slope[k]).epsilon(1e-12));
  }
}

TEST_CASE("outside the domain, where minimisers stray, values and gradients are finite") {
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  const FluxModel& model = ModelRegistry::instance().get(typical.model);
  const std::size_t count = typical.names.size();
  for (std::size_t k = 0; k < count; ++k) {
    for (const double value : {-1.0, -1e-6, 1e-6, 1e6}) {
      std::vector<double> parameters = typical.values;
      parameters[k] = value;
      std::vector<double> flux(1), gradient(count);
      model.flux_and_gradient(parameters, std::vector{1540.0}, flux, gradient);
      CAPTURE(typical.model, typical.names[k], value);
      CHECK(std::isfinite(flux[0]));
      for (const double slope : gradient) CHECK(std::isfinite(slope));
    }
  }
}

TEST_CASE("a parameter said to be linear is: twice as far from 0, the formula without it is twice as far away") {
  int said = 0;
  for (const auto& typical : test::typical_parameters()) {
    const auto all = ModelRegistry::instance().get(typical.model).parameters();
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (!all[k].linear) continue;
      ++said;
      for (const test::SamplePoint& sample : test::sample_points(typical)) {
        const auto formula = [&](long double factor) {
          std::vector<long double> parameters(sample.parameters.begin(), sample.parameters.end());
          parameters[k] *= factor;
          return test::formula(typical.model, parameters, sample.threshold);
        };
        const long double once = formula(1.0L) - formula(0.0L);
        const long double twice = formula(2.0L) - formula(0.0L);
        // Rounding of long double in each of the four.
        const double tolerance = 1e-17 * test::term_size(typical.model, sample);
        if (!(std::abs(twice - 2.0L * once) <= tolerance)) {
          FAIL(typical.model << ", " << all[k].name << " at " << sample.threshold);
        }
      }
    }
  }
  CHECK(said == 8);  // the amplitude of each model
}
