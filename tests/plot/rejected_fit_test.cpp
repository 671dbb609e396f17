// SPDX-License-Identifier: GPL-3.0-or-later
// What pictures of a pixel show of a fit that was made and rejected.
#include "velocal/fit/rejected_fit.hpp"

#include "fit/one_pixel.hpp"
#include "velocal/plot/kinds/fitted_curve.hpp"

using namespace velocal;
using namespace velocal::test;

namespace {

constexpr std::size_t pixel = 775;

/// Counts that scatter by 30 % more than those of F1_0.
FluxCube scattered_cube() {
  FluxCube cube = masked_cube(full_range, 262.0);
  std::vector<std::uint32_t> counts = counts_of(full_range, truth);
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = counts[i] * (i % 2 == 0 ? 13 : 7) / 10;
  set_pixel(cube, pixel, counts);
  return cube;
}

}  // namespace

TEST_CASE("a rejected fit is drawn dashed with the reason, its line where the counts fall") {
  const FluxCube cube = scattered_cube();
  const Outcome outcome = Setup{}.fit(cube);
  REQUIRE(is(outcome, PixelStatus::bad, StatusReason::goodness_of_fit));
  const std::vector<double> parameters = rejected_fit(cube, outcome.fit, pixel);
  REQUIRE(parameters.size() == 4);
  CHECK(parameters[3] == Approx(truth[3]).margin(3.0));
  const FittedCurve curve =
      fitted_pixel({.title = "x", .flux = &cube, .fit = &outcome.fit, .calibration = nullptr}, Pixel::at(pixel));
  CHECK(curve.line.stroke.dash == Dash::dashed);
  CHECK_FALSE(curve.line.x.empty());
  CHECK(curve.fitted.size() == curve.data.flux.size());
  REQUIRE(curve.fit_text.size() == 6);
  CHECK(curve.fit_text.front() == "rejected: goodness of fit");
}

TEST_CASE("a good pixel and one without a fit have no rejected one") {
  FluxCube cube = masked_cube(full_range, 262.0);
  set_pixel(cube, pixel, counts_of(full_range, truth));
  const Outcome good = Setup{}.fit(cube);
  REQUIRE(is(good, PixelStatus::good, StatusReason::none));
  CHECK(rejected_fit(cube, good.fit, pixel).empty());
  CHECK(rejected_fit(cube, good.fit, 0).empty());  // masked
}
