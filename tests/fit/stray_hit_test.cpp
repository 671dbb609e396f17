// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "drawn_scan.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal::stray_hit_test {

namespace {

constexpr std::size_t pixels = 50;

/// By how much a hit at 1596, some 11 widths above the line, moves E0, in errors.
test::Sample shifts(double background) {
  FluxCube cube = test::draw_equal_pixels(pixels, 130.0, {4e-4, 10.0, 4.5, 1548.0});
  FitSettings settings = test::poisson_settings();
  settings.background = background;
  settings.robust = false;       // it would leave the hit out
  settings.significance = 1e-9;  // chi2 may tell of the hit; this is about what it does to the line
  const PixelFits before = fit_scan(cube, test::one_line_scan(), settings, {PixelGroup::all, "fast"}).pixels;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) ++cube.counts[(1596 - 1480) * pixel_count + pixel];
  const PixelFits after = fit_scan(cube, test::one_line_scan(), settings, {PixelGroup::all, "fast"}).pixels;
  test::Sample sample;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    if (!before.good(pixel) || !after.good(pixel)) continue;
    const double moved = after.find("E0")->value[pixel] - before.find("E0")->value[pixel];
    sample.add(std::abs(moved) / before.find("E0")->error[pixel]);
  }
  return sample;
}

}  // namespace

TEST_CASE("poisson: a stray hit far above the line hardly moves it, thanks to the background") {
  const test::Sample with = shifts(test::drawn_background);
  CHECK(with.size() == pixels);
  CHECK(with.largest() < 0.1);
  const test::Sample without = shifts(0.0);
  CHECK(without.size() > 0.5 * pixels);
  CHECK(without.mean() > 1.0);
}

TEST_CASE("poisson: a background of 0 is allowed, also where the model's flux is 0 in double precision") {
  // True pixels without background, in a scan that goes on 80 widths above the line.
  const std::string engine(GENERATE(from_range(minimiser_names())));
  std::mt19937_64 random(31);
  FluxCube cube = test::masked_cube(test::threshold_range(1480, GENERATE(1600, 1900)), 130.0);
  const auto expected = test::expected_counts(cube, "F1_0", {4e-4, 10.0, 4.5, 1548.0});
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) test::set_pixel(cube, pixel, test::drawn(expected, random));
  FitSettings settings = test::poisson_settings();
  settings.background = 0.0;
  CAPTURE(engine, cube.threshold.back());
  CHECK(count_statuses(fit_scan(cube, test::one_line_scan(), settings, {PixelGroup::all, engine}).pixels).not_found ==
        0);
}

}  // namespace velocal::stray_hit_test
