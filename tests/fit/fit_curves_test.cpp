// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/fit_curves.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "drawn_scan.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::fit_curves_test {
using Catch::Matchers::Contains;

namespace {

constexpr std::size_t pixels = 40;
constexpr double live_time_s = 130.0;

const FluxModel& model() {
  return ModelRegistry::instance().get("F1_0");
}

/// Pixels 0, 1, ... of a drawn scan as curves of a detector of their own, [N][T].
struct OwnCurves {
  explicit OwnCurves(const FluxCube& cube)
      : threshold(cube.threshold.begin(), cube.threshold.end()), live_time(threshold.size(), live_time_s) {
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
      for (std::size_t t = 0; t < threshold.size(); ++t) counts.push_back(cube.counts_at(t)[pixel]);
    }
  }
  Curves curves() const { return {threshold, counts_by_curve(counts, threshold.size()), live_time, origin, skipped}; }

  std::vector<double> threshold;
  std::vector<std::uint32_t> counts;
  std::vector<double> live_time;
  std::vector<double> origin;
  std::vector<StatusReason> skipped;
};

/// One curve of three thresholds; each test breaks something of it.
struct SmallCurves {
  std::vector<double> threshold{10.0, 11.0, 12.0};
  std::vector<std::uint32_t> counts{5, 3, 0};
  std::vector<double> live_time{1.0, 1.0, 1.0};
  std::vector<double> origin;
  std::vector<StatusReason> skipped;
  CurveSettings settings;

  void fit() const {
    fit_curves(
        {threshold, counts_by_curve(counts, threshold.empty() ? 3 : threshold.size()), live_time, origin, skipped},
        model(), settings);
  }
};

}  // namespace

TEST_CASE("curves of another detector are fitted as the pixels of ours, bit by bit") {
  const test::DrawnScan scan = test::draw_scan(pixels, live_time_s, 3);
  const std::string statistic = GENERATE(as<std::string>{}, "neyman", "poisson");
  FitSettings settings = test::poisson_settings();
  settings.statistic = statistic;
  settings.background = 2e-6;
  const PixelFits ours = fit_scan(scan.cube, test::one_line_scan(), settings).pixels;
  const OwnCurves own(scan.cube);
  const CurveFits fits = fit_curves(own.curves(), model(), {.statistic = statistic, .background = 2e-6});
  REQUIRE(fits.status.size() == pixels);
  std::size_t good = 0;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    CHECK(fits.status[pixel] == ours.status_of(pixel));
    CHECK(static_cast<std::uint8_t>(fits.reason[pixel]) == ours.reason[pixel]);
    if (!ours.good(pixel)) continue;
    ++good;
    CHECK(fits.chi2[pixel] == ours.chi2[pixel]);
    CHECK(fits.ndf[pixel] == ours.ndf[pixel]);
    for (std::size_t k = 0; k < fits.parameters.size(); ++k) {
      CHECK(fits.parameters[k].value[pixel] == ours.parameters[k].value[pixel]);
      CHECK(fits.parameters[k].error[pixel] == ours.parameters[k].error[pixel]);
    }
  }
  CHECK(good >= pixels / 4);  // neyman loses each pixel with a zero between two counts
}

TEST_CASE("counts may lie threshold by threshold, and live times be given for each curve") {
  const test::DrawnScan scan = test::draw_scan(pixels, live_time_s, 4);
  OwnCurves own(scan.cube);
  const CurveFits fits = fit_curves(own.curves(), model());
  const std::size_t T = own.threshold.size();
  std::vector<std::uint32_t> images(own.counts.size());
  std::vector<double> live_times;
  for (std::size_t i = 0; i < pixels; ++i) {
    for (std::size_t t = 0; t < T; ++t) {
      images[t * pixels + i] = own.counts[i * T + t];
      live_times.push_back(live_time_s);
    }
  }
  const Curves by_threshold{own.threshold, counts_by_threshold(images, T), live_times};
  const CurveFits same = fit_curves(by_threshold, model());
  CHECK(same.status == fits.status);
  // A background of the same counts and exposures, summed in another order.
  CHECK(same.background == Approx(fits.background).epsilon(1e-12));
  for (std::size_t i = 0; i < pixels; ++i) {
    if (fits.status[i] != PixelStatus::good) continue;
    CHECK(same.parameter("E0").value[i] == Approx(fits.parameter("E0").value[i]).epsilon(1e-12));
  }
}

TEST_CASE("a threshold without live time is left out of the curve that lacks it, and of no other") {
  const test::DrawnScan scan = test::draw_scan(2, live_time_s, 5);
  const std::size_t T = scan.cube.threshold_count();
  const std::vector<double> threshold(scan.cube.threshold.begin(), scan.cube.threshold.end());
  std::vector<std::uint32_t> counts(2 * T);
  std::vector<double> live_time(2 * T, live_time_s);
  for (std::size_t t = 0; t < T; ++t) counts[t] = counts[T + t] = scan.cube.counts_at(t)[0];
  live_time[T + 20] = 0.0;
  counts[T + 20] = 60000;  // not to be looked at
  const CurveFits fits = fit_curves({threshold, counts_by_curve(counts, T), live_time}, model(), {.background = 2e-6});
  REQUIRE(fits.status == std::vector(2, PixelStatus::good));
  CHECK(fits.ndf[0] == static_cast<int>(T) - 4);
  CHECK(fits.ndf[1] == static_cast<int>(T) - 5);
  const CurveParameter& line = fits.parameter("E0");
  CHECK(std::abs(line.value[0] - line.value[1]) < line.error[0]);
}

TEST_CASE("an origin is taken off the thresholds of its curve, and what is skipped says why") {
  const test::DrawnScan scan = test::draw_scan(pixels, live_time_s, 6);
  OwnCurves own(scan.cube);
  const CurveFits raw = fit_curves(own.curves(), model(), {.background = 2e-6});
  own.origin.assign(pixels, 1400.0);
  own.skipped.assign(pixels, StatusReason::none);
  own.skipped[7] = StatusReason::masked;
  own.skipped[8] = StatusReason::no_baseline;
  const CurveFits shifted = fit_curves(own.curves(), model(), {.background = 2e-6});
  CHECK(shifted.status[7] == PixelStatus::cut);
  CHECK(shifted.reason[7] == StatusReason::masked);
  CHECK(shifted.reason[8] == StatusReason::no_baseline);
  for (std::size_t i = 0; i < 7; ++i) {
    if (raw.status[i] != PixelStatus::good || shifted.status[i] != PixelStatus::good) continue;
    // Both end within 1e-4 of the error from the minimum.
    CHECK(shifted.parameter("E0").value[i] ==
          Approx(raw.parameter("E0").value[i] - 1400.0).margin(2e-4 * raw.parameter("E0").error[i]));
  }
}

TEST_CASE("no curves give no fits") {
  const std::vector<double> threshold{1.0, 2.0}, live_time{1.0, 1.0};
  const CurveFits fits = fit_curves({threshold, counts_by_curve({}, 2), live_time}, model());
  CHECK(fits.status.empty());
  CHECK(fits.parameters.size() == 4);
}

TEST_CASE("curves that are none are refused, with the place and the way out") {
  const double nan = undefined, infinity = std::numeric_limits<double>::infinity();
  SmallCurves small;
  CHECK_NOTHROW(small.fit());
  const auto refused = [&](const std::string& text) { CHECK_THROWS_WITH(small.fit(), Contains(text)); };
  SECTION("no thresholds") {
    small.threshold.clear();
    refused("there are no thresholds");
  }
  SECTION("thresholds that do not ascend") {
    small.threshold[2] = 11.0;
    refused("threshold[2] is 11 (thresholds are finite and ascend). Sort");
  }
  SECTION("a threshold that is no number") {
    small.threshold[0] = GENERATE_COPY(nan, infinity);
    refused("threshold[0] is");
  }
  SECTION("counts of another shape") {
    small.counts.push_back(1);
    refused("4 counts are no curves of 3 thresholds");
  }
  SECTION("live times of another shape") {
    small.live_time.push_back(1.0);
    refused("4 live times for 1 curves of 3 thresholds");
  }
  SECTION("a live time below 0, or none at all") {
    small.live_time[1] = GENERATE_COPY(-1.0, nan, infinity);
    refused("live_time_s[1] is");
  }
  SECTION("origins of another number") {
    small.origin = {1.0, 2.0};
    refused("2 origins for 1 curves");
  }
  SECTION("an origin that is no number") {
    small.origin = {nan};
    refused("origin[0] is nan (origins are finite). Skip");
  }
  SECTION("reasons of another number") {
    small.skipped.resize(2);
    refused("2 reasons to skip for 1 curves");
  }
  SECTION("settings out of range") {
    small.settings.significance = GENERATE_COPY(0.0, 1.0, nan);
    refused("significance is");
  }
  SECTION("a background below 0") {
    small.settings.background = GENERATE_COPY(-1.0, nan, infinity);
    refused("background is");
  }
  SECTION("start values of another model") {
    small.settings.start = {1.0, 2.0, 3.0};
    refused("start values 1, 2, 3 for model F1_0 (it has 4 parameters");
  }
  SECTION("a start value that is no number") {
    small.settings.start = {1.0, 2.0, 3.0, nan};
    refused("start values 1, 2, 3, nan for model F1_0");
  }
  SECTION("names that there are not") {
    small.settings.statistic = "poison";
    refused("unknown statistic \"poison\" (there are neyman, poisson)");
  }
  SECTION("an enumeration that has no such value") {
    small.settings.covariance = static_cast<Covariance>(7);
    refused("7 is no covariance (there are scaled, absolute, dispersed)");
  }
  SECTION("an engine that there is not") {
    small.settings.engine = "slow";
    refused("there is no fit engine \"slow\"");
  }
}

TEST_CASE("a parameter that the model lacks is answered with those it has") {
  const std::vector<double> threshold{1.0, 2.0}, live_time{1.0, 1.0};
  const CurveFits fits = fit_curves({threshold, counts_by_curve({}, 2), live_time}, model());
  CHECK_THROWS_WITH(fits.parameter("E1"),
                    "the model has no parameter \"E1\" (it has f, A, s, E0). Ask for one of these");
}

}  // namespace velocal::fit_curves_test
