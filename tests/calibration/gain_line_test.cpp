// SPDX-License-Identifier: GPL-3.0-or-later
// Mathematics: straight lines whose coefficients and errors follow from their definition.
#include "velocal/calibration/gain_line.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

using namespace velocal;

TEST_CASE("two positions give gain and offset, with errors by propagation, and nothing to test") {
  const std::vector<LinePosition> two{{1600.0, 124.0, 0.3}, {6000.0, 454.0, 0.4}};
  const GainLine line = fit_gain_line(two);
  const double rise = 454.0 - 124.0;
  CHECK(line.gain.value == Approx(4400.0 / rise).epsilon(1e-13));
  CHECK(line.gain.error == Approx(4400.0 / rise * 0.5 / rise).epsilon(1e-12));
  CHECK(line.offset.value == Approx(4.0).epsilon(1e-12));  // 124 - 1600 * 330/4400
  // offset = (6000 t1 - 1600 t2)/4400
  CHECK(line.offset.error == Approx(std::hypot(6000.0 * 0.3, 1600.0 * 0.4) / 4400.0).epsilon(1e-12));
  CHECK(line.chi2 == Approx(0.0).margin(1e-18));
  CHECK(line.ndf == 0);
}

TEST_CASE("of three positions the precise ones count most, and chi2 is what is left") {
  const std::vector<LinePosition> equal{{1000.0, 99.0, 1.0}, {2000.0, 202.0, 1.0}, {3000.0, 299.0, 1.0}};
  const GainLine line = fit_gain_line(equal);  // 0 + 0.1 pairs, residuals -1, 2, -1 about the mean of 200
  CHECK(line.gain.value == Approx(10.0).epsilon(1e-13));
  CHECK(line.offset.value == Approx(0.0).margin(1e-11));
  CHECK(line.chi2 == Approx(6.0).epsilon(1e-12));
  CHECK(line.ndf == 1);
  CHECK(line.gain.error == Approx(100.0 / std::sqrt(2e6)).epsilon(1e-12));
  CHECK(line.offset.error == Approx(std::sqrt(1.0 / 3.0 + 4e6 / 2e6)).epsilon(1e-12));
  std::vector<LinePosition> loose = equal;
  loose[1].error = 1e6;
  CHECK(fit_gain_line(loose).gain.value == Approx(2000.0 / 200.0).epsilon(1e-9));
  CHECK(fit_gain_line(loose).chi2 < 1e-9);
}

TEST_CASE("no line: fewer than two positions, one number of pairs, or targets that do not rise") {
  const std::vector<LinePosition> falling{{1000.0, 200.0, 1.0}, {2000.0, 100.0, 1.0}},
      one_line{{1000.0, 100.0, 1.0}, {1000.0, 101.0, 1.0}};
  for (const auto& positions : {std::vector<LinePosition>{}, {{1000.0, 100.0, 1.0}}, falling, one_line}) {
    const GainLine line = fit_gain_line(positions);
    CHECK(std::isnan(line.gain.value));
    CHECK(std::isnan(line.gain.error));
    CHECK(std::isnan(line.offset.value));
    CHECK(std::isnan(line.chi2));
    CHECK(line.ndf == 0);
  }
}
