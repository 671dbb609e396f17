// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/distance_gain.hpp"

#include <catch2/catch.hpp>

#include "hand_made_fit.hpp"

using namespace velocal;

namespace {

SharedParameter shared(const std::string& name, Uncertain value, double line_slope) {
  SharedParameter parameter;
  parameter.name = name;
  parameter.value = value;
  parameter.line_slope = line_slope;
  return parameter;
}

}  // namespace

TEST_CASE("a zero above the noise makes the gain larger: all the charge lies above it") {
  ScanFit fit = test::hand_made_fit(BaselineMode::after);
  for (const std::size_t pixel : {7u, 8u}) test::set_good(fit, pixel, {1425.0 + 125.0, 0.3});
  const Source source = test::one_line(6000.0, 3.75, 0.0);  // 1600 pairs
  CHECK_FALSE(distance_gain(fit, calibrate(fit, source)));
  fit.shared = {shared("sigma", {4.5, 0.1}, 2.0), shared("zero", {5.0, 0.6}, 0.25)};
  const auto found = distance_gain(fit, calibrate(fit, source));
  REQUIRE(found);
  CHECK(found->zero.value == 5.0);
  CHECK(found->gain.value == Approx(1600.0 / 120.0).epsilon(1e-12));
  CHECK(found->gain.error == Approx(1600.0 / 120.0 * 0.75 * 0.6 / 120.0).epsilon(1e-12));
  CHECK(found->systematic == Approx(0.015 * 1600.0 / 120.0).epsilon(1e-12));
}

TEST_CASE("without a target there is no gain from the distance of the lines") {
  ScanFit fit = test::hand_made_fit(BaselineMode::after);
  fit.shared = {shared("zero", {5.0, 0.6}, 0.0)};
  CHECK_FALSE(distance_gain(fit, calibrate(fit, test::reference_source())));
}
