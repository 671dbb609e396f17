// SPDX-License-Identifier: GPL-3.0-or-later
// All expected numbers are worked out by hand.
#include "velocal/calibration/systematics.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "velocal/core/error.hpp"

using namespace velocal;

namespace {

Calibration with_gains(Uncertain mean, Uncertain asic, Uncertain asic_good) {
  Calibration calibration;
  calibration.gain_means = {.pixels = 100, .mean = mean.value, .standard_deviation = 9.0, .mean_error = mean.error};
  calibration.asic.gain = asic;
  calibration.asic_good.gain = asic_good;
  return calibration;
}

}  // namespace

TEST_CASE("the design's gain: 0.38 mV/DAC over 24.6 mV/ke- +- 3.3 % is 15.45 +- 0.51 e-/DAC") {
  CHECK(design_gain().value == Approx(380.0 / 24.6).epsilon(1e-15));
  CHECK(design_gain().error == Approx(0.033 * 380.0 / 24.6).epsilon(1e-14));
  CHECK(std::round(100.0 * design_gain().value) == 1545.0);
  CHECK(std::round(100.0 * design_gain().error) == 51.0);
}

TEST_CASE("the distance to the design adds statistical, systematic and the design's uncertainty in quadrature") {
  const auto [design, error] = design_gain();
  CHECK(design_distance({design, 1.0}, 1.0) == 0.0);
  CHECK(design_distance({design - 3.0 * error, 0.0}, 0.0) == Approx(-3.0).epsilon(1e-13));
  CHECK(design_distance({design + 3.0 * error, 0.0}, 0.0) == Approx(3.0).epsilon(1e-13));
  // 2, 2 and 1 design errors make 3 of them
  CHECK(design_distance({design + 9.0 * error, 2.0 * error}, 2.0 * error) == Approx(3.0).epsilon(1e-13));
  CHECK(design_distance({design + 9.0 * error, 2.0 * error}, 0.0) == Approx(9.0 / std::sqrt(5.0)).epsilon(1e-13));
  CHECK(std::isnan(design_distance({undefined, 1.0}, 1.0)));
  CHECK(std::isnan(design_distance({design, undefined}, 1.0)));
  CHECK(std::isnan(design_distance({design, 1.0}, undefined)));
}

TEST_CASE("systematics: the root of the sum of squared differences, and the mean of their sizes") {
  // 3 up, 4 down and 12 up: 13 in quadrature, 19/3 on average
  const GainSystematics result = gain_systematics({{20.0, 0.5}, {23.0, 7.0}, {16.0, 8.0}, {32.0, 9.0}});
  CHECK(result.difference == std::vector<double>{0.0, 3.0, -4.0, 12.0});
  CHECK(result.variants == 3);
  CHECK(result.quadrature == Approx(13.0).epsilon(1e-15));
  CHECK(result.mean_absolute == Approx(19.0 / 3.0).epsilon(1e-15));
  CHECK(result.gain.size() == 4);
  CHECK(result.gain[2].value == 16.0);
  CHECK(result.gain[2].error == 8.0);
  // the variants' own errors have no part in it
  CHECK(result.distance ==
        Approx((20.0 - 15.447154471544716) / std::hypot(0.5, 13.0, 0.50975609756097562)).epsilon(1e-14));
}

TEST_CASE("a variant without a gain has no difference - the others are compared all the same") {
  const GainSystematics result = gain_systematics({{20.0, 0.5}, Uncertain{}, {17.0, 8.0}});
  CHECK(std::isnan(result.difference.at(1)));
  CHECK(result.difference.at(2) == -3.0);
  CHECK(result.variants == 1);
  CHECK(result.quadrature == 3.0);
  CHECK(result.mean_absolute == 3.0);
}

TEST_CASE("nothing is known of the systematics without a variant, or without the reference's gain") {
  const auto gains = GENERATE(std::vector<Uncertain>{{20.0, 0.5}}, std::vector<Uncertain>{{20.0, 0.5}, {}},
                              std::vector<Uncertain>{{}, {20.0, 0.5}});
  const GainSystematics result = gain_systematics(gains);
  CHECK(result.variants == 0);
  CHECK(std::isnan(result.quadrature));
  CHECK(std::isnan(result.mean_absolute));
  CHECK(std::isnan(result.distance));
  CHECK_THROWS_AS(gain_systematics({}), UsageError);
  CHECK_THROWS_AS(systematics({}), UsageError);
}

TEST_CASE("each of the three gains of a calibration is compared with its like") {
  const std::vector<Calibration> variants{with_gains({15.0, 0.01}, {14.0, 0.5}, {13.0, 0.4}),
                                          with_gains({15.5, 0.02}, {14.25, 0.6}, {12.0, 0.3})};
  const Systematics result = systematics(variants);
  CHECK(result.mean.difference.at(1) == 0.5);
  CHECK(result.asic.difference.at(1) == 0.25);
  CHECK(result.asic_good.difference.at(1) == -1.0);
  CHECK(result.mean.gain.at(0).error == 0.01);  // of the mean, not the spread of the pixels
  CHECK(result.asic.gain.at(1).error == 0.6);
  CHECK(result.asic_good.distance == Approx(design_distance({13.0, 0.4}, 1.0)).epsilon(1e-15));
}
