// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "support/pixel_cube.hpp"
#include "velocal/fit/asic_fit.hpp"

namespace velocal::asic_curve_test {

namespace {

constexpr std::size_t a = 0;    // row 0, column 0: even
constexpr std::size_t b = 1;    // odd
constexpr std::size_t c = 258;  // row 1, column 2: even

/// Thresholds 10, 11, 12 of 2 s, the middle one without live time; three live pixels of baselines 5.75, 3.25, none.
FluxCube small_cube() {
  FluxCube cube = test::masked_cube({10, 11, 12}, 2.0);
  test::set_pixel(cube, a, std::vector<std::uint32_t>{20, 0, 10});
  test::set_pixel(cube, b, std::vector<std::uint32_t>{40, 0, 30});
  test::set_pixel(cube, c, std::vector<std::uint32_t>{60, 0, 80});
  cube.live_time_s[1] = 0.0;
  cube.baseline.emplace();
  cube.baseline->mean[a] = 5.75;
  cube.baseline->mean[b] = 3.25;
  cube.baseline->width[a] = 2.0;
  cube.baseline->width[b] = 3.0;
  cube.baseline->width[c] = 100.0;
  test::set_asic_curve(cube);
  return cube;
}

std::vector<std::size_t> members(const PixelSelection& selection) {
  std::vector<std::size_t> found;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (selection[pixel] != 0) found.push_back(pixel);
  }
  return found;
}

PixelSelection select(std::initializer_list<std::size_t> pixels) {
  PixelSelection selection;
  for (const std::size_t pixel : pixels) selection[pixel] = 1;
  return selection;
}

}  // namespace

TEST_CASE("the ASIC's pixels: unmasked, in the group, and with a baseline where that is taken off before") {
  const FluxCube cube = small_cube();
  CHECK(members(asic_pixels(cube, PixelGroup::all, BaselineMode::after)) == std::vector{a, b, c});
  CHECK(members(asic_pixels(cube, PixelGroup::even, BaselineMode::after)) == std::vector{a, c});
  CHECK(members(asic_pixels(cube, PixelGroup::odd, BaselineMode::after)) == std::vector{b});
  CHECK(members(asic_pixels(cube, PixelGroup::all, BaselineMode::before)) == std::vector{a, b});
  CHECK(members(asic_pixels(cube, PixelGroup::even, BaselineMode::aligned)) == std::vector{a});
}

TEST_CASE("mean baseline and width are over the selected pixels that have a baseline, not truncated") {
  const FluxCube cube = small_cube();
  CHECK(mean_baseline(*cube.baseline, select({a, b, c})) == 4.5);
  CHECK(mean_baseline_width(*cube.baseline, select({a, b, c})) == 2.5);
  CHECK(mean_baseline(*cube.baseline, select({b})) == 3.25);
  CHECK(std::isnan(mean_baseline(*cube.baseline, select({c}))));
  CHECK(std::isnan(mean_baseline(*cube.baseline, select({}))));
}

TEST_CASE("the ASIC's curve: as it is, or less the mean baseline") {
  const FluxCube cube = small_cube();
  const FluxCurve after = asic_curve(cube, PixelGroup::all, BaselineMode::after);
  CHECK(after.threshold == std::vector{10.0, 11.0, 12.0});
  CHECK(after.flux[0] == 20.0);
  CHECK(std::isnan(after.flux[1]));
  const FluxCurve before = asic_curve(cube, PixelGroup::all, BaselineMode::before);
  CHECK(before.threshold == std::vector{5.5, 6.5, 7.5});
  CHECK(before.flux[2] == after.flux[2]);
  CHECK(before.error[2] == after.error[2]);
}

TEST_CASE("mean curve: mean flux and its standard error sqrt(sum (F - mean)^2)/P") {
  // By hand: fluxes 10, 20, 30 and 5, 15, 40: means 20, 20, sums of squares 200, 650.
  const FluxCube cube = small_cube();
  const FluxCurve curve = mean_curve(cube, select({a, b, c}), BaselineMode::after, 4.5);
  CHECK(curve.threshold == std::vector{10.0, 11.0, 12.0});
  CHECK(curve.flux[0] == Approx(20.0).epsilon(1e-15));
  CHECK(curve.error[0] == Approx(std::sqrt(200.0) / 3.0).epsilon(1e-14));
  CHECK(curve.flux[2] == Approx(20.0).epsilon(1e-15));
  CHECK(curve.error[2] == Approx(std::sqrt(650.0) / 3.0).epsilon(1e-14));
  CHECK(std::isnan(curve.flux[1]));
  CHECK(std::isnan(curve.error[1]));
  CHECK(mean_curve(cube, select({a}), BaselineMode::before, 4.5).threshold == std::vector{5.5, 6.5, 7.5});
  CHECK(mean_curve(cube, select({a}), BaselineMode::after, 4.5).error[0] == 0.0);
  CHECK(std::isnan(mean_curve(cube, select({}), BaselineMode::after, 4.5).flux[0]));
}

TEST_CASE("aligned: each pixel less its truncated baseline, the mean over the pixels whose scan covers a threshold") {
  // By hand: a moves by 5 to 5, (6), 7; b by 3 to 7, (8), 9. At 6 and 8 nothing was measured.
  const FluxCube cube = small_cube();
  const FluxCurve curve = asic_curve(cube, PixelGroup::all, BaselineMode::aligned);
  CHECK(curve.threshold == std::vector{5.0, 7.0, 9.0});
  CHECK(curve.flux == std::vector{10.0, 12.5, 15.0});
  CHECK(curve.error[0] == 0.0);
  CHECK(curve.error[1] == Approx(std::sqrt(2 * 7.5 * 7.5) / 2.0).epsilon(1e-14));  // fluxes 5 and 20
  CHECK(asic_curve(cube, PixelGroup::odd, BaselineMode::aligned).flux == std::vector{20.0, 15.0});
  CHECK(mean_curve(cube, select({a, b}), BaselineMode::aligned, 4.5).flux == curve.flux);
  CHECK(mean_curve(cube, select({}), BaselineMode::aligned, 4.5).flux.empty());
}

}  // namespace velocal::asic_curve_test
