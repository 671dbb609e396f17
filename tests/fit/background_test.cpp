// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/background.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <random>
#include <utility>

#include "drawn_scan.hpp"
#include "velocal/fit/chip_curves.hpp"

namespace velocal::background_test {

namespace {

/// Ten live pixels, 100 s a threshold: 1000 pixel seconds each. The hits are the first pixel's.
FluxCube ten_pixels(const std::vector<std::uint32_t>& hits) {
  FluxCube cube = test::masked_cube(test::threshold_range(1480, 1479 + static_cast<int>(hits.size())), 100.0);
  for (std::size_t pixel = 0; pixel < 10; ++pixel) cube.mask[pixel] = 0;
  test::set_pixel(cube, 0, hits);
  return cube;
}

double estimated_background(const FluxCube& cube) {
  return velocal::estimate_background(ChipCurves(cube, PixelGroup::all, BaselineMode::after).curves()).rate;
}

/// Counts of 20 curves whose lines and widths make one normal distribution of 9 DAC about 1549; each stands for 600
/// pixels of 260 s.
std::vector<std::uint32_t> drawn_counts(const std::vector<double>& threshold, double background, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::uint32_t> counts;
  for (int curve = 0; curve < 20; ++curve) {
    for (const double t : threshold) {
      const double flux = 0.05 * std::erfc((t - 1549.0) / (std::numbers::sqrt2 * 9.0)) + background;
      counts.push_back(std::poisson_distribution<std::uint32_t>(600.0 * 260.0 * flux)(random));
    }
  }
  return counts;
}

/// What is estimated from 200 drawn scans that end here.
struct Estimates {
  test::Sample rate, pull;
  int assumed = 0;
};

Estimates estimates_of_scans(double last) {
  constexpr double drawn = 2e-6;
  std::vector<double> threshold;
  for (double t = 1480.0; t <= last; t += 1.0) threshold.push_back(t);
  const std::vector<double> live_time_s(threshold.size(), 600.0 * 260.0);
  Estimates found;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const auto counts = drawn_counts(threshold, drawn, seed);
    const Background background =
        velocal::estimate_background({threshold, counts_by_curve(counts, threshold.size()), live_time_s});
    found.rate.add(background.rate / drawn);
    found.pull.add((background.rate - drawn) / background.error);
    if (background.assumed) ++found.assumed;
  }
  return found;
}

}  // namespace

TEST_CASE("the background is fitted together with the foot of the line, and its error holds, however near the end is") {
  // The mean of 200 is known to 0.03 of the drawn background at 1588, and better above. One hit more is added.
  const auto [last, width] = GENERATE(std::pair{1620.0, 0.12}, std::pair{1600.0, 0.18}, std::pair{1588.0, 0.55});
  const Estimates found = estimates_of_scans(last);
  CAPTURE(last, found.rate.mean(), found.rate.deviation(), found.pull.mean(), found.pull.deviation(), found.assumed);
  CHECK(found.assumed == 0);
  CHECK(std::abs(found.rate.mean() - 1.0) < 0.1);
  CHECK(found.rate.deviation() < width);
  CHECK(std::abs(found.pull.mean()) < 0.4);
  CHECK(found.pull.deviation() > 0.8);
  CHECK(found.pull.deviation() < 1.1);
}

TEST_CASE("the thresholds are taken whose upper limit (N + sqrt(N) + 1)/X is lowest") {
  // By hand, from the top: limits in 1/1000 pixel seconds 1, 3/2, 3/3, 3/4, 303/5.
  CHECK(estimated_background(ten_pixels({280, 0, 0, 1, 0})) == Approx(2.0 / 4000.0).epsilon(1e-14));
  // 1, 1/2, 3/3: the hit counts as the line.
  CHECK(estimated_background(ten_pixels({1, 0, 0})) == Approx(1.0 / 2000.0).epsilon(1e-14));
  // (4 + 2 + 1)/1, (8 + 2.83 + 1)/2, (12 + 3.46 + 1)/3, (16 + 4 + 1)/4: flat hits are background, all of them.
  CHECK(estimated_background(ten_pixels({4, 4, 4, 4})) == Approx(17.0 / 4000.0).epsilon(1e-14));
}

TEST_CASE("without any hit the background is that of one hit: never 0") {
  CHECK(estimated_background(ten_pixels({0, 0, 0, 0})) == Approx(1.0 / 4000.0).epsilon(1e-14));
}

TEST_CASE("thresholds without live time and masked pixels do not take part") {
  FluxCube cube = ten_pixels({50, 0, 0, 0});
  cube.live_time_s[2] = 0.0;
  CHECK(estimated_background(cube) == Approx(1.0 / 2000.0).epsilon(1e-14));
  cube.live_time_s[3] = 300.0;
  CHECK(estimated_background(cube) == Approx(1.0 / 4000.0).epsilon(1e-14));
  cube.mask[9] = 1;
  CHECK(estimated_background(cube) == Approx(1.0 / 3600.0).epsilon(1e-14));
  cube.live_time_s.assign(4, 0.0);
  CHECK(estimated_background(cube) == 0.0);
  CHECK(estimated_background(test::masked_cube({1480, 1481}, 100.0)) == 0.0);
}

TEST_CASE("the background of simulated scans is found, and the line does not get into it") {
  // 3000 pixels, 260 s, some 30 thresholds above all lines: 50 hits, so 4 standard deviations are 60 %.
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    const double background = estimated_background(test::draw_scan(3000, 260.0, seed).cube);
    CAPTURE(seed, background);
    CHECK(background > 0.4 * test::drawn_background);
    CHECK(background < 1.8 * test::drawn_background);
  }
}

}  // namespace velocal::background_test
