// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "drawn_scan.hpp"
#include "likelihood_formula.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal::poisson_bounds_test {

namespace {

PixelFits fit(const FluxCube& cube, const FitSettings& settings, std::string_view engine = "fast") {
  return fit_scan(cube, test::one_line_scan(), settings, {PixelGroup::all, std::string(engine)}).pixels;
}

std::vector<double> counts_of(const FluxCube& cube, std::size_t pixel) {
  std::vector<double> counts;
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) counts.push_back(cube.counts_at(t)[pixel]);
  return counts;
}

StatusReason reason_of(const PixelFits& fits, std::size_t pixel) {
  return static_cast<StatusReason>(fits.reason[pixel]);
}

/// Half of the minima of drawn pixels without shelf lie at f < 0.
FluxCube cube_of_shelf(double f, std::size_t pixels) {
  return test::draw_equal_pixels(pixels, 130.0, {f, 10.0, 4.5, 1548.0});
}

/// Twelve hits a threshold up to 1548, none above: a line without width.
FluxCube cube_of_sharp_line() {
  FluxCube cube = test::masked_cube(test::threshold_range(1480, 1600), 12.0);
  std::vector<std::uint32_t> counts(121, 0);
  std::fill_n(counts.begin(), 69, 12u);
  test::set_pixel(cube, 0, counts);
  return cube;
}

}  // namespace

TEST_CASE("poisson: without a shelf f is reported as 0, a good pixel at the lowest allowed chi2") {
  const std::string engine(GENERATE(from_range(minimiser_names())));
  constexpr std::size_t pixels = 600;
  const FluxCube cube = cube_of_shelf(0.0, pixels);
  FitSettings settings = test::poisson_settings();
  settings.background = test::drawn_background;
  const PixelFits fits = fit(cube, settings, engine);
  std::size_t at_bound = 0, good = 0;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    CHECK((fits.good(pixel) || reason_of(fits, pixel) == StatusReason::goodness_of_fit));
    if (!fits.good(pixel)) continue;
    ++good;
    std::vector<long double> at;
    for (const ParameterMap& map : fits.parameters) {
      at.push_back(map.value[pixel]);
      CHECK((map.error[pixel] > 0.0 && std::isfinite(map.error[pixel])));
    }
    REQUIRE(at[0] >= 0.0L);
    if (at[0] > 0.0L) continue;
    ++at_bound;
    // Mathematics (Karush, Kuhn, Tucker): chi2 rises with f, and does not change with the others: a step of a hundredth
    // of an error either way changes it by 1e-4 alone.
    const auto counts = counts_of(cube, pixel);
    const test::PixelCounts problem{"F1_0", cube.threshold, counts, 130.0L, test::drawn_background};
    const long double lowest = problem.chi2(at);
    CHECK(static_cast<double>(lowest) == Approx(fits.chi2[pixel]).epsilon(1e-10));
    for (std::size_t k = 0; k < 4; ++k) {
      auto moved = at;
      moved[k] = at[k] + 0.01L * fits.parameters[k].error[pixel];
      CHECK(problem.chi2(moved) > lowest);
      if (k == 0) continue;
      moved[k] = at[k] - 0.01L * fits.parameters[k].error[pixel];
      CHECK(problem.chi2(moved) > lowest);
    }
  }
  // Half of them, and six standard deviations of the binomial for a distribution of f that is not symmetric.
  CAPTURE(engine, at_bound, good);
  CHECK(std::abs(static_cast<double>(at_bound) - 0.5 * static_cast<double>(good)) < 6.0 * 0.5 * std::sqrt(good));
}

TEST_CASE("poisson: a flux that rises towards the line is not described by f = 0, so the pixel is bad") {
  const PixelFits fits = fit(cube_of_shelf(-7e-4, 20), test::poisson_settings());
  for (std::size_t pixel = 0; pixel < 20; ++pixel) CHECK(reason_of(fits, pixel) == StatusReason::goodness_of_fit);
}

TEST_CASE("poisson: a fixed fit of a shelf that is not there ends at A = 0") {
  // FAB_0's A is the shelf alone, the only free parameter here; with the bound it meets none is left.
  const std::string engine(GENERATE(from_range(minimiser_names())));
  FluxCube cube = cube_of_shelf(0.0, 200);
  test::set_asic_curve(cube);
  FitSettings settings = test::poisson_settings();
  settings.model = "FAB_0";
  settings.fixed_fit = true;
  const ScanFit result = fit_scan(cube, test::one_line_scan(), settings, {PixelGroup::all, engine});
  REQUIRE(result.fixed);
  int at_bound = 0, good = 0;
  for (std::size_t pixel = 0; pixel < 200; ++pixel) {
    if (result.fixed->status[pixel] != 1) continue;
    ++good;
    REQUIRE(result.fixed->amplitude.value[pixel] >= 0.0);
    if (result.fixed->amplitude.value[pixel] == 0.0) ++at_bound;
  }
  CAPTURE(engine, good, at_bound);
  CHECK(good > 170);
  CHECK(at_bound > 20);
}

TEST_CASE("poisson: a line between two thresholds has no width: bad, and its reason says so") {
  const std::string engine(GENERATE(from_range(minimiser_names())));
  const PixelFits fits = fit(cube_of_sharp_line(), test::poisson_settings(), engine);
  CAPTURE(engine, status_reason_names[fits.reason[0]], fits.find("s")->value[0], fits.find("E0")->error[0]);
  CHECK(fits.status_of(0) == PixelStatus::bad);
  CHECK(reason_of(fits, 0) == StatusReason::width_unresolved);
}

TEST_CASE("poisson: no good pixel has a width below a quarter of the threshold step", "[thorough]") {
  // At the fewest counts of a scan's single acquisition; errors of E0 are 0.3...5 DAC there.
  const std::string engine(GENERATE(from_range(minimiser_names())));
  const PixelFits fits = fit(test::draw_scan(6000, 20.0, 29).cube, test::poisson_settings(), engine);
  int unresolved = 0;
  double largest_error = 0.0;
  for (std::size_t pixel = 0; pixel < 6000; ++pixel) {
    if (!fits.good(pixel)) continue;
    if (fits.find("s")->value[pixel] < 0.25) ++unresolved;
    largest_error = std::max(largest_error, fits.find("E0")->error[pixel]);
  }
  CAPTURE(engine, largest_error);
  CHECK(unresolved == 0);
  CHECK(largest_error < 50.0);
}

}  // namespace velocal::poisson_bounds_test
