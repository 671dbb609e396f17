// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/pixel_cube.hpp"
#include "support/statistics.hpp"
#include "velocal/fit/curves/curve_fitter.hpp"
#include "velocal/fit/inference/goodness_of_fit.hpp"
#include "velocal/fit/problem/start_values.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::rejection_rate_test {

namespace {

constexpr std::array significances{0.05, 0.01};
constexpr double background = 2e-6;

/// How many pixels had a minimum, and how many of these were rejected at each significance.
struct Tally {
  double minima = 0.0;
  std::array<double, significances.size()> rejected{};

  double rate(std::size_t i) const { return rejected[i] / minima; }
  double sigma(std::size_t i) const { return std::sqrt(significances[i] * (1.0 - significances[i]) / minima); }
};

/// Draws pixels of F1_0 with f, s, E0 = 4e-4, 4.5, 1548 at 121 thresholds and fits them. `plateau`: counts a threshold
/// just below the line; `ripple`: every other threshold has that share more, the others less.
Tally fit_true_pixels(std::size_t pixels, double plateau, double shelf = 4e-4, double ripple = 0.0) {
  const FluxModel& model = ModelRegistry::instance().get("F1_0");
  const double live_time_s = plateau / (10.0 / (std::sqrt(2.0 * M_PI) * 4.5));
  const FluxCube cube = test::masked_cube(test::threshold_range(1480, 1600), live_time_s);
  auto expected = test::expected_counts(cube, "F1_0", {shelf, 10.0, 4.5, 1548.0});
  for (std::size_t t = 0; t < expected.size(); ++t) {
    expected[t] = expected[t] * (1.0 + (t % 2 == 0 ? ripple : -ripple)) + live_time_s * background;
  }
  const std::vector<double> threshold(cube.threshold.begin(), cube.threshold.end());
  const std::size_t n = threshold.size();
  CurveFitter fitter(model, "fast", n);
  const std::array tests{GoodnessOfFit(significances[0], n), GoodnessOfFit(significances[1], n)};
  std::mt19937_64 random(20230803);
  std::array<double, 4> parameters{};
  Tally tally;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    const auto counts = test::drawn(expected, random);
    const std::vector<double> observed(counts.begin(), counts.end());
    const FitProblem problem{model, test::statistic("poisson"), threshold, observed, cube.live_time_s, background};
    set_start(problem, {}, parameters);
    const CurveMinimum minimum = fitter(problem, parameters);
    if (minimum.failure != StatusReason::none) continue;
    tally.minima += 1.0;
    for (std::size_t i = 0; i < tests.size(); ++i) {
      if (!tests[i].accepts(problem, fitter.fitted(), minimum.chi2, minimum.ndf)) tally.rejected[i] += 1.0;
    }
  }
  return tally;
}

}  // namespace

TEST_CASE("poisson: a share of true pixels equal to the significance is rejected, at few counts as at many",
          "[thorough]") {
  // Four standard deviations of the binomial, and a systematic of 5 % of the rate for what three cumulants do not say
  // of the distribution.
  const double plateau = GENERATE(3.0, 30.0, 300.0);
  const Tally tally = fit_true_pixels(10000, plateau);
  CHECK(tally.minima >= (plateau < 30.0 ? 9400.0 : 10000.0));  // at 3 counts, the width of 5 % goes to 0
  for (std::size_t i = 0; i < significances.size(); ++i) {
    CAPTURE(plateau, significances[i], tally.rate(i), tally.sigma(i));
    CHECK(std::abs(tally.rate(i) - significances[i]) < 4.0 * tally.sigma(i) + 0.05 * significances[i]);
  }
}

TEST_CASE("poisson: also where the shelf vanishes and half of the fits end at its bound") {
  const Tally tally = fit_true_pixels(10000, 30.0, 0.0);
  CAPTURE(tally.rate(0));
  CHECK(std::abs(tally.rate(0) - 0.05) < 4.0 * tally.sigma(0) + 0.05 * 0.05);
}

TEST_CASE("poisson: pixels that do not follow the model are rejected") {
  // Mathematics: a ripple of 20 % on 68 thresholds of 300 counts adds 68 * 300 * 0.2^2 = 816 to chi2.
  CHECK(fit_true_pixels(200, 300.0, 4e-4, 0.2).rejected[1] == 200.0);
  // 10 % of 30 counts add 20 to a chi2 of 70 +- 12: many more than 5 %, not all.
  const Tally tally = fit_true_pixels(1000, 30.0, 4e-4, 0.1);
  CAPTURE(tally.rate(0));
  CHECK(tally.rate(0) > 0.3);
}

}  // namespace velocal::rejection_rate_test
