// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/stacked_residuals.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "drawn_scan.hpp"
#include "support/model_formulas.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/model/model_for_source.hpp"

namespace velocal::stacked_residuals_test {

namespace {

ScanFit fit_of(const FluxCube& cube, const FitSettings& settings, int threads = 0) {
  return fit_scan(cube, test::one_line_scan(), settings, {.threads = threads});
}

/// The largest |significance| of the bins that the summary looks at, and beyond.
double most_significant(const StackedResiduals& stack) {
  double most = 0.0;
  for (std::size_t bin = 0; bin < stack.bins(); ++bin) most = std::max(most, std::abs(stack.significance(bin)));
  return most;
}

/// Pixels of the physical curve of Mn Ka, some 200 hits a threshold on the shelf; E0 and s differ.
FluxCube physical_scan(std::size_t pixels, double live_time_s) {
  std::mt19937_64 random(9);
  std::normal_distribution<> normal;
  FluxCube cube = test::masked_cube(test::threshold_range(1480, 1600), live_time_s);
  const auto model = model_for_source("diffusion", photon_source(test::one_line_scan().source));
  std::vector<double> threshold, flux(cube.threshold_count()), expected(cube.threshold_count());
  for (const int each : cube.threshold) threshold.push_back(each - 1425.0);
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    const std::vector<double> truth{0.8, 4.5, 4.6 + 0.5 * normal(random), 124.0 + 7.0 * normal(random)};
    model->flux(truth, threshold, flux);
    for (std::size_t t = 0; t < flux.size(); ++t) expected[t] = live_time_s * (flux[t] + test::drawn_background);
    test::set_pixel(cube, pixel, test::drawn(expected, random));
  }
  return cube;
}

/// Takes away what is far above the lines: a zero between two counts is no neyman fit.
void cut_tails(test::DrawnScan& scan) {
  for (std::size_t pixel = 0; pixel < scan.truth.size(); ++pixel) {
    const std::vector<double> expected = test::expected_counts(scan.cube, "F1_0", scan.truth[pixel]);
    for (std::size_t t = 41; t < expected.size(); ++t) {
      if (expected[t] < 30.0) scan.cube.counts[t * pixel_count + pixel] = 0;
    }
  }
}

/// Sums of one bin, formed without the library.
struct Sums {
  double live_time_s = 0.0, expected = 0.0, excess = 0.0;
};

std::map<double, Sums> sums_by_hand(const FluxCube& cube, const ScanFit& fit) {
  std::map<double, Sums> bins;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (!fit.pixels.good(pixel)) continue;
    std::vector<double> parameters;
    for (const ParameterMap& map : fit.pixels.parameters) parameters.push_back(map.value[pixel]);
    const std::vector<double> expected = test::expected_counts(cube, "F1_0", parameters);
    for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
      if (cube.live_time_s[t] == 0.0) continue;
      Sums& sums = bins[std::round(cube.threshold[t] - parameters.back())];
      const double mu = expected[t] + cube.live_time_s[t] * fit.background;
      sums.live_time_s += cube.live_time_s[t];
      sums.expected += mu;
      sums.excess += cube.counts_at(t)[pixel] - mu;
    }
  }
  return bins;
}

}  // namespace

TEST_CASE("the stack is the sum over the good pixels, bin by bin") {
  // Many hits: the bias that is taken off with poisson, and is not in the sums by hand, is next to nothing.
  test::DrawnScan scan = test::draw_scan(7, 1e5, 3);
  scan.cube.live_time_s[40] = 0.0;
  const auto statistic = GENERATE(as<std::string>{}, "poisson", "neyman");
  FitSettings settings = test::poisson_settings();
  settings.statistic = statistic;
  if (statistic == "neyman") cut_tails(scan);
  const double bias = statistic == "poisson" ? 0.1 : 1e-6;  // standard deviations
  const ScanFit fit = fit_of(scan.cube, settings);
  const StackedResiduals& stack = fit.residuals;
  REQUIRE(stack.curves == count_statuses(fit.pixels).good);
  REQUIRE(stack.curves > 3);
  auto bins = sums_by_hand(scan.cube, fit);
  std::erase_if(bins, [](const auto& bin) { return bin.second.expected < 25.0; });
  REQUIRE(stack.bins() == bins.size());
  std::size_t i = 0;
  for (const auto& [offset, sums] : bins) {
    CAPTURE(statistic, offset);
    CHECK(stack.offset[i] == offset);
    CHECK(stack.residual[i] == Approx(sums.excess / sums.live_time_s).margin(bias * stack.error[i]));
    CHECK(stack.error[i] == Approx(std::sqrt(sums.expected) / sums.live_time_s).epsilon(1e-9));
    CHECK(stack.expected[i] == Approx(sums.expected / sums.live_time_s).epsilon(1e-9));
    CHECK(stack.live_time_s(i) == Approx(sums.live_time_s).epsilon(1e-9));
    ++i;
  }
}

TEST_CASE("a right model leaves nothing but chance, also at few counts", "[thorough]") {
  // Mathematics: significances of a right model are standard normal, less what the fits took. Without the bias of
  // maximum likelihood taken off, 20 s show 6 standard deviations on 12,000 pixels.
  const double live_time_s = GENERATE(20.0, 60.0, 262.0);
  const ScanFit fit = fit_of(test::draw_scan(12000, live_time_s, 11).cube, test::poisson_settings());
  const ResidualSummary summary = summarise(fit.residuals);
  CAPTURE(live_time_s, summary.offset, summary.share, summary.significance, summary.chi2, summary.bins);
  REQUIRE(summary.bins > 60);
  CHECK(std::abs(summary.significance) < 4.0);
  CHECK(most_significant(fit.residuals) < 5.0);
  const double bins = static_cast<double>(summary.bins);
  CHECK(summary.chi2 < bins + 4.0 * std::sqrt(2.0 * bins));
  CHECK(summary.chi2 > bins - 5.0 * std::sqrt(2.0 * bins));
}

TEST_CASE("a wrong shape shows where the pixels' chi2 passes it") {
  const FluxCube cube = physical_scan(3700, 262.0);
  const ScanFit fit = fit_of(cube, test::poisson_settings());
  const StatusCounts statuses = count_statuses(fit.pixels);
  const ResidualSummary summary = summarise(fit.residuals);
  CAPTURE(statuses.good, summary.offset, summary.share, summary.significance);
  CHECK(statuses.good > 3000);
  CHECK(std::abs(summary.significance) > 15.0);
  CHECK(std::abs(summary.share) > 0.02);
}

TEST_CASE("pixels that hardly determine a parameter do not drown the others' bias") {
  // F1_0 is F2s_0 with equal widths, where the two and f can hardly be told apart: first-order biases without bounds.
  FitSettings settings = test::poisson_settings();
  settings.model = "F2s_0";
  const ScanFit fit = fit_of(test::draw_scan(300, 262.0, 5).cube, settings);
  REQUIRE(fit.residuals.curves > 200);
  CHECK(most_significant(fit.residuals) < 5.0);
}

TEST_CASE("the stack does not depend on the number of threads, nor on where thresholds count from") {
  FluxCube cube = test::draw_scan(3000, 100.0, 4).cube;
  cube.baseline = NoiseBaseline{PixelMatrix<double>(1425.0), PixelMatrix<double>(5.0)};
  FitSettings settings = test::poisson_settings();
  const StackedResiduals one = fit_of(cube, settings, 1).residuals, two = fit_of(cube, settings, 2).residuals;
  CHECK(one.offset == two.offset);
  CHECK(one.residual == two.residual);
  CHECK(one.error == two.error);
  settings.baseline = BaselineMode::before;
  const StackedResiduals before = fit_of(cube, settings).residuals;
  CHECK(before.curves == one.curves);
  REQUIRE(before.offset == one.offset);
  for (std::size_t bin = 0; bin < one.bins(); ++bin) {
    CHECK(before.residual[bin] == Approx(one.residual[bin]).margin(0.01 * one.error[bin]));
  }
}

TEST_CASE("without good pixels there are no bins, and the summary is not a number") {
  const ScanFit fit = fit_of(test::masked_cube(test::threshold_range(1480, 1600), 10.0), test::poisson_settings());
  CHECK(fit.residuals.bins() == 0);
  CHECK(fit.residuals.curves == 0);
  const ResidualSummary summary = summarise(fit.residuals);
  CHECK(summary.bins == 0);
  CHECK(std::isnan(summary.largest.value));
  CHECK(std::isnan(summary.significance));
  CHECK(std::isnan(summary.chi2));
}

TEST_CASE("the summary looks neither where few curves are left nor where hardly any hits are") {
  // By hand: live times (expected/error^2) 100, 1000, 1000, 1000, 1000.
  const StackedResiduals stack{{-30.0, -20.0, -1.0, 1.0, 20.0},
                               {9.0, -0.5, 0.1, 0.1, 0.009},
                               {0.3, 0.1, 0.1, 0.05, 0.001},
                               {9.0, 10.0, 10.0, 2.5, 0.001},
                               12};
  const ResidualSummary summary = summarise(stack);
  CHECK(summary.offset == -20.0);
  CHECK(summary.largest.value == -0.5);
  CHECK(summary.largest.error == 0.1);
  CHECK(summary.share == Approx(-0.05));
  CHECK(summary.significance == Approx(-5.0));
  CHECK(summary.bins == 3);
  CHECK(summary.chi2 == Approx(25.0 + 1.0 + 4.0));
}

}  // namespace velocal::stacked_residuals_test
