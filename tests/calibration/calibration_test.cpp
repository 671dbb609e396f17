// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/calibration.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "hand_made_fit.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using test::hand_made_fit;
using test::set_good;

TEST_CASE("pairs of a photon: Fe-55 gives 1598.9 +- 47.7") {
  const Uncertain pairs = pair_count(test::reference_source());
  CHECK(pairs.value == Approx(5900.0 / 3.69).epsilon(1e-15));
  CHECK(pairs.error == Approx(5900.0 / 3.69 * 0.11 / 3.69).epsilon(1e-15));
  CHECK(std::round(10.0 * pairs.value) == 15989.0);
  CHECK(std::round(10.0 * pairs.error) == 477.0);
  CHECK(pair_count(test::one_line(100.0, 4.0, 0.4)).value == 25.0);
  CHECK(pair_count(test::one_line(100.0, 4.0, 0.4)).error == Approx(2.5).epsilon(1e-15));
}

TEST_CASE("gain: pairs over target, relative errors in quadrature") {
  // By hand: 1600/100 = 16; relative errors 3 % and 4 % make 5 %.
  const Uncertain gain_16 = gain({1600.0, 48.0}, {100.0, 4.0});
  CHECK(gain_16.value == Approx(16.0).epsilon(1e-15));
  CHECK(gain_16.error == Approx(0.8).epsilon(1e-14));
}

TEST_CASE("a gain of 50 and more is left out, and there is none without a target > 0") {
  const Uncertain pairs{1600.0, 48.0};
  const auto defined = [&](double target) {
    const Uncertain value = gain(pairs, {target, 1.0});
    CHECK(std::isnan(value.value) == std::isnan(value.error));
    return !std::isnan(value.value);
  };
  CHECK(defined(32.001));
  CHECK_FALSE(defined(32.0));  // 50 itself
  CHECK_FALSE(defined(10.0));
  CHECK_FALSE(defined(0.0));
  CHECK_FALSE(defined(-100.0));
  CHECK_FALSE(defined(undefined));
}

TEST_CASE("baseline after: target = E0 - baseline, errors in quadrature with the baseline's width or error") {
  ScanFit fit = hand_made_fit(BaselineMode::after);
  set_good(fit, 775, {1548.0, 3.0});
  fit.baseline->mean[775] = 1424.5;
  fit.baseline->width[775] = 4.0;
  fit.baseline->error[775] = 0.4;
  CHECK(target_matrix(fit).value(3, 7) == 123.5);
  CHECK(target_matrix(fit).error(3, 7) == std::hypot(3.0, 0.4));
  const UncertainMatrix target = target_matrix(fit, BaselineUncertainty::width);
  CHECK(target.value(3, 7) == 123.5);
  CHECK(target.error(3, 7) == 5.0);
  CHECK(std::isnan(target.value(7, 3)));
  const UncertainMatrix gains = gain_matrix(target, pair_count(test::reference_source()));
  CHECK(gains.value(3, 7) == Approx(1598.9159891598916 / 123.5).epsilon(1e-14));
  CHECK(gains.error(3, 7) == Approx(1598.9159891598916 / 123.5 * std::hypot(0.11 / 3.69, 5.0 / 123.5)).epsilon(1e-14));
  CHECK(std::isnan(gains.value(7, 3)));
}

TEST_CASE("baseline before and aligned: E0 is the target, less what was truncated of the baseline") {
  const BaselineMode mode = GENERATE(BaselineMode::before, BaselineMode::aligned);
  ScanFit fit = hand_made_fit(mode);
  set_good(fit, 775, {123.5, 3.0});
  fit.baseline->width[775] = 4.0;
  CHECK(target_matrix(fit).value[775] == 123.5);
  CHECK(target_matrix(fit, BaselineUncertainty::width).error[775] == 5.0);
  fit.baseline->mean[775] = 1425.25;
  CHECK(target_matrix(fit).value[775] == (mode == BaselineMode::aligned ? 123.25 : 123.5));
}

TEST_CASE("no target: pixel not good, without baseline, or with a target outside 0...1000") {
  ScanFit fit = hand_made_fit(BaselineMode::after);  // baseline 1425 everywhere
  const auto target_at = [&](double line) {
    set_good(fit, 775, {line, 1.0});
    const UncertainMatrix target = target_matrix(fit);
    CHECK(std::isnan(target.value[775]) == std::isnan(target.error[775]));
    return target.value[775];
  };
  CHECK(target_at(1425.5) == 0.5);
  CHECK(std::isnan(target_at(1425.0)));
  CHECK(std::isnan(target_at(1400.0)));
  CHECK(target_at(2424.5) == 999.5);
  CHECK(std::isnan(target_at(2425.0)));
  CHECK(target_at(1548.0) == 123.0);
  fit.pixels.status[775] = static_cast<std::int8_t>(PixelStatus::bad);
  CHECK(std::isnan(target_matrix(fit).value[775]));
  set_good(fit, 775, {1548.0, 1.0});
  fit.baseline->mean[775] = 0.0;
  CHECK(std::isnan(target_matrix(fit).value[775]));
  fit.baseline.reset();
  CHECK(std::isnan(target_matrix(fit).value[775]));
}

TEST_CASE("a source of many pairs may have its target beyond 1000 DAC, down to 5 electrons a DAC") {
  ScanFit fit = hand_made_fit(BaselineMode::after);
  fit.source = photon_source(test::one_line(59540.9, 3.68, 0.02));  // 16180 pairs
  set_good(fit, 775, {1425.0 + 1245.0, 1.0});
  set_good(fit, 776, {1425.0 + 3300.0, 1.0});
  CHECK(target_matrix(fit).value[775] == 1245.0);
  CHECK(std::isnan(target_matrix(fit).value[776]));
}

TEST_CASE("means: over the defined pixels, with the standard deviation of the population") {
  // By hand: 2, 4, 4, 4, 5, 5, 7, 9 have mean 5 and deviation 2.
  PixelMatrix<double> values(undefined);
  std::size_t pixel = 11;
  for (const double value : {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) values[pixel += 1000] = value;
  const PixelMeans means = pixel_means(values);
  CHECK(means.pixels == 8);
  CHECK(means.mean == 5.0);
  CHECK(means.standard_deviation == 2.0);
  CHECK(means.mean_error == Approx(2.0 / std::sqrt(8.0)).epsilon(1e-15));

  const PixelMeans none = pixel_means(PixelMatrix<double>(undefined));
  CHECK(none.pixels == 0);
  CHECK(std::isnan(none.mean));
  CHECK(std::isnan(none.standard_deviation));
  CHECK(std::isnan(none.mean_error));
}

TEST_CASE("means keep their digits where the deviation is small beside the mean") {
  PixelMatrix<double> values(1e9 + 1.0);
  for (std::size_t pixel = 0; pixel < pixel_count; pixel += 2) values[pixel] = 1e9 - 1.0;
  CHECK(pixel_means(values).mean == 1e9);
  CHECK(pixel_means(values).standard_deviation == Approx(1.0).epsilon(1e-9));
}
