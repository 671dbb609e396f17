// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "independent_minimiser.hpp"
#include "support/model_formulas.hpp"
#include "support/pixel_cube.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal::independent_minimum_test {

namespace {

constexpr std::size_t pixels = 200;
constexpr double live_time_s = 2e5;  ///< 1e5 counts below the line: the two-width models have one clear minimum

/// Neyman's chi2 of one pixel, from its counts and the formula alone.
test::IndependentMinimum minimise(const FluxCube& cube, const std::string& model, std::size_t pixel,
                                  const std::vector<double>& start) {
  return test::independent_minimum(
      cube.threshold_count(), start, [&](const std::vector<long double>& parameters, std::size_t t) {
        const long double counts = cube.counts_at(t)[pixel];
        return (live_time_s * test::formula(model, parameters, cube.threshold[t]) - counts) / std::sqrt(counts);
      });
}

void compare(const PixelFits& fits, std::size_t pixel, const test::IndependentMinimum& minimum) {
  // The numeric Jacobian's error of some 1e-10 leaves the independent minimum that far off; a parameter off by x
  // standard deviations raises chi2 by x^2.
  CAPTURE(pixel);
  REQUIRE(fits.chi2[pixel] == Approx(minimum.chi2).margin(1e-5));
  for (std::size_t k = 0; k < fits.parameters.size(); ++k) {
    const ParameterMap& map = fits.parameters[k];
    CAPTURE(map.name, map.value[pixel], map.error[pixel]);
    REQUIRE(std::abs(map.value[pixel] - minimum.parameters[k]) < 1e-3 * map.error[pixel]);
  }
}

}  // namespace

TEST_CASE("each model and engine finds the minimum that an independent minimiser finds", "[thorough]") {
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  CAPTURE(typical.model);
  std::mt19937_64 random(1600);
  FluxCube cube = test::masked_cube(test::threshold_range(1480, 1556), live_time_s);
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    test::set_pixel(cube, pixel, test::drawn(test::expected_counts(cube, typical.model, typical.values), random));
  }
  ScanSettings scan = test::one_line_scan();
  std::vector<double> start;
  for (std::size_t k = 0; k < typical.names.size(); ++k) {
    start.push_back(typical.names[k] == "E0" ? typical.values[k] + 1.0 : 1.05 * typical.values[k]);
    scan.initial.emplace_back(typical.names[k], start.back());
  }
  FitSettings settings = test::reference_settings();
  settings.model = typical.model;
  settings.covariance = Covariance::absolute;
  settings.significance = 1e-6;  // nearly all are good, and so have parameters to compare
  std::vector<PixelFits> by_engine;
  for (const std::string_view engine : minimiser_names()) {
    by_engine.push_back(fit_scan(cube, scan, settings, {PixelGroup::all, std::string(engine)}).pixels);
    CAPTURE(engine);
    CHECK(count_statuses(by_engine.back()).good == pixels);
  }
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    const auto minimum = minimise(cube, typical.model, pixel, start);
    for (const PixelFits& fits : by_engine) compare(fits, pixel, minimum);
  }
}

}  // namespace velocal::independent_minimum_test
