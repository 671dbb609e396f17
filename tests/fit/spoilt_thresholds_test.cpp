// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/spoilt_thresholds.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "drawn_scan.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"

namespace velocal::spoilt_thresholds_test {

namespace {

constexpr std::size_t pixels = 600;

ScanFit fit(const FluxCube& cube, const FitSettings& settings = test::poisson_settings()) {
  return fit_scan(cube, test::one_line_scan(), settings);
}

std::size_t index_of(const FluxCube& cube, int threshold) {
  return static_cast<std::size_t>(std::ranges::find(cube.threshold, threshold) - cube.threshold.begin());
}

/// Every pixel counts so much more at the threshold, or nothing.
void spoil(FluxCube& cube, int threshold, std::uint32_t more) {
  const std::size_t begin = index_of(cube, threshold) * pixel_count;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    std::uint32_t& count = cube.counts[begin + pixel];
    count = more == 0 ? 0 : count + more;
  }
}

std::vector<int> left_out(const ScanFit& fit, ThresholdUse why) {
  std::vector<int> found;
  for (std::size_t t = 0; t < fit.thresholds.threshold.size(); ++t) {
    if (fit.thresholds.use[t] == why) found.push_back(fit.thresholds.threshold[t]);
  }
  return found;
}

/// Over the pixels that are good in both.
double mean_shift(const ScanFit& a, const ScanFit& b) {
  const auto& before = a.pixels.find(quantity::line)->value;
  const auto& after = b.pixels.find(quantity::line)->value;
  test::Sample shift;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    if (a.pixels.good(pixel) && b.pixels.good(pixel)) shift.add(after[pixel] - before[pixel]);
  }
  return shift.mean();
}

}  // namespace

TEST_CASE("nothing is left out of a clean scan") {
  const ScanFit clean = fit(test::draw_scan(pixels, GENERATE(20.0, 240.0), 1).cube);
  CHECK(std::ranges::count(clean.thresholds.use, ThresholdUse::used) == 121);
}

TEST_CASE("a threshold that is wrong in all pixels is named, and the fits are those of the scan without it",
          "[thorough]") {
  const FluxCube clean = test::draw_scan(pixels, 240.0, 2).cube;
  const int threshold = GENERATE(1486, 1546, 1590);
  const std::uint32_t more = GENERATE(0u, 63u, 100000u);
  if (more == 0 && threshold == 1590) return;  // there is nothing to be lost
  FluxCube spoilt = clean, less = clean;
  spoil(spoilt, threshold, more);
  less.live_time_s[index_of(less, threshold)] = 0.0;
  const ScanFit found = fit(spoilt), expected = fit(less);
  CAPTURE(threshold, more);
  CHECK(left_out(found, ThresholdUse::glitch) == std::vector{threshold});
  CHECK(found.pixels.status == expected.pixels.status);
  CHECK(found.background == expected.background);
  CHECK(mean_shift(found, expected) == 0.0);
  CHECK(std::abs(mean_shift(fit(clean), found)) < 0.03);
}

TEST_CASE("noise at the scan's beginning is left out, however long the acquisitions") {
  const double live_time_s = GENERATE(20.0, 260.0);
  const test::DrawnScan scan = test::draw_scan(pixels, live_time_s, 3);
  FluxCube noisy = scan.cube;
  std::mt19937_64 random(4);
  for (std::size_t t = 0; t < 40; ++t) {  // 1 hit/s at the first threshold
    std::poisson_distribution<std::uint32_t> hits(live_time_s * std::exp(-static_cast<double>(t) / 3.0));
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) noisy.counts[t * pixel_count + pixel] += hits(random);
  }
  const ScanFit clean = fit(scan.cube), found = fit(noisy);
  const auto noise = left_out(found, ThresholdUse::noise);
  CHECK(noise.size() >= 6);
  CHECK(noise.size() <= 36);
  CHECK(count_statuses(found.pixels).good + 20 > count_statuses(clean.pixels).good);
  FitSettings settings = test::poisson_settings();
  settings.range = FitRange{.from = noise.back() + 1};
  CHECK(std::abs(mean_shift(fit(scan.cube, settings), found)) < 0.03);
}

TEST_CASE("a range of thresholds is that of the scan that has no others") {
  const FluxCube cube = test::draw_scan(50, 240.0, 5).cube;
  FitSettings settings = test::poisson_settings();
  settings.statistic = GENERATE("neyman", "poisson");
  settings.range = FitRange{.from = 1500};
  const ScanFit found = fit(cube, settings);
  CHECK(left_out(found, ThresholdUse::outside_range) == test::threshold_range(1480, 1499));
  for (std::size_t pixel = 0; pixel < 50; ++pixel) CHECK(found.pixels.ndf[pixel] <= 101 - 4);
  settings.range = FitRange{.from = 1601, .to = 1700};
  CHECK_THROWS_AS(fit(cube, settings), UsageError);
}

}  // namespace velocal::spoilt_thresholds_test
