// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/outliers.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "drawn_scan.hpp"
#include "velocal/core/quantity.hpp"

namespace velocal::outliers_test {

namespace {

PixelFits fit(const FluxCube& cube, bool robust = true) {
  FitSettings settings = test::poisson_settings();
  settings.robust = robust;
  return fit_scan(cube, test::one_line_scan(), settings).pixels;
}

double mean_shift(const PixelFits& a, const PixelFits& b) {
  test::Sample shift;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (!a.good(pixel) || !b.good(pixel)) continue;
    shift.add(b.find(quantity::line)->value[pixel] - a.find(quantity::line)->value[pixel]);
  }
  return shift.mean();
}

}  // namespace

TEST_CASE("clean pixels keep their fits: next to none loses a threshold") {
  const FluxCube cube = test::draw_scan(4000, 240.0, 11).cube;
  const PixelFits plain = fit(cube, false), robust = fit(cube);
  std::size_t dropped = 0;
  for (std::size_t pixel = 0; pixel < 4000; ++pixel) {
    if (robust.dropped[pixel] > 0) {
      ++dropped;
      continue;
    }
    REQUIRE(robust.status[pixel] == plain.status[pixel]);
    REQUIRE(robust.ndf[pixel] == plain.ndf[pixel]);
  }
  CHECK(dropped <= 8);  // 121 thresholds with 7e-6 each: 3.4 are expected
}

TEST_CASE("one count far off costs a pixel that threshold and nothing else") {
  constexpr std::size_t pixels = 1000;
  const FluxCube clean = test::draw_scan(pixels, 240.0, 12).cube;
  const std::uint32_t more = GENERATE(0u, 100u);
  FluxCube spoilt = clean;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {  // each at a threshold of its own
    std::uint32_t& count = spoilt.counts[pixel % 110 * pixel_count + pixel];
    count = more == 0 ? 0 : count + more;
  }
  const PixelFits before = fit(clean), after = fit(spoilt);
  const auto good = [](const PixelFits& fits) { return static_cast<double>(std::ranges::count(fits.status, 1)); };
  CAPTURE(more, good(before), good(after));
  CHECK(good(after) > good(before) - (more == 0 ? 0.05 : 0.015) * pixels);
  CHECK(std::abs(mean_shift(before, after)) < 0.03);
  const auto dropped = std::ranges::count_if(after.dropped, [](int points) { return points > 0; });
  CHECK(dropped > (more == 0 ? 300 : 950));
  // Without it the same counts spoil the pixels.
  CHECK(good(fit(spoilt, false)) < good(after) - 0.1 * pixels);
}

TEST_CASE("five hits at one threshold above the line cost a pixel that threshold and nothing else") {
  constexpr std::size_t pixels = 500, spoilt_pixels = 25;
  const FluxCube clean = test::draw_scan(pixels, 240.0, 13).cube;
  FluxCube spoilt = clean;
  for (std::size_t pixel = 0; pixel < spoilt_pixels; ++pixel) {
    spoilt.counts[(105 + pixel % 16) * pixel_count + pixel] += 5;
  }
  const PixelFits before = fit(clean), after = fit(spoilt);
  for (std::size_t pixel = 0; pixel < spoilt_pixels; ++pixel) CHECK(after.dropped[pixel] == 1);
  CHECK(std::ranges::count(after.status, 1) >= std::ranges::count(before.status, 1) - 3);
  CHECK(std::abs(mean_shift(before, after)) < 0.03);
}

TEST_CASE("a twentieth of the thresholds may be left out, at least one and at most eight") {
  CHECK(outliers_allowed(12) == 1);
  CHECK(outliers_allowed(41) == 2);
  CHECK(outliers_allowed(121) == 6);
  CHECK(outliers_allowed(1000) == 8);
}

}  // namespace velocal::outliers_test
