// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/flux_cube.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "support/pixel_cube.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;

namespace {

/// Thresholds 10, 20, 30 with live times 4 s, none, 2 s; one pixel has hits.
constexpr Pixel lit{3, 7};

FluxCube small_cube() {
  FluxCube cube = test::masked_cube({10, 20, 30}, 4.0);
  cube.live_time_s = {4.0, 0.0, 2.0};
  cube.counts[lit.index()] = 100;
  cube.counts[2 * pixel_count + lit.index()] = 9;
  return cube;
}

}  // namespace

TEST_CASE("the flux of a pixel is N/L with the uncertainty sqrt(N)/L") {
  const FluxCurve curve = pixel_flux(small_cube(), lit.index());
  CHECK(curve.threshold == std::vector{10.0, 20.0, 30.0});
  REQUIRE(curve.flux.size() == 3);
  CHECK(curve.flux[0] == 25.0);
  CHECK(curve.error[0] == 2.5);
  CHECK(curve.flux[2] == 4.5);
  CHECK(curve.error[2] == 1.5);
  CHECK(pixel_flux(small_cube(), 0).flux[0] == 0.0);
  CHECK(pixel_flux(small_cube(), 0).error[0] == 0.0);
}

TEST_CASE("without live time there is no flux, which is not the flux 0") {
  const FluxCurve curve = pixel_flux(small_cube(), lit.index());
  CHECK(std::isnan(curve.flux[1]));
  CHECK(std::isnan(curve.error[1]));
  CHECK(std::isnan(flux_at(small_cube(), 1)[lit.index()]));
}

TEST_CASE("a matrix holds the flux of all pixels at one threshold") {
  const FluxCube cube = small_cube();
  CHECK(flux_at(cube, 0)(3, 7) == 25.0);
  CHECK(flux_at(cube, 0)(7, 3) == 0.0);
  CHECK(flux_at(cube, 2)(3, 7) == 4.5);
}

TEST_CASE("the total flux is the sum over the thresholds with live time, errors in quadrature") {
  const TotalFlux total = total_flux(small_cube());
  CHECK(total.value(3, 7) == 29.5);
  CHECK(total.error(3, 7) == Approx(std::sqrt(2.5 * 2.5 + 1.5 * 1.5)).epsilon(1e-15));
  CHECK(total.value(7, 3) == 0.0);
  CHECK(total.error(7, 3) == 0.0);
}

TEST_CASE("the largest number of hits becomes a flux like any other") {
  FluxCube cube = small_cube();
  cube.counts[0] = 4294967295u;
  CHECK(pixel_flux(cube, 0).flux[0] == 4294967295.0 / 4.0);
  CHECK(total_flux(cube).value[0] == 4294967295.0 / 4.0);
}

TEST_CASE("a cube that lacks something is not whole, and it is said what it lacks") {
  CHECK_NOTHROW(require_whole(test::masked_cube({10, 20, 30}, 2.0)));
  const auto missing = [](void (*damage)(FluxCube&)) {
    FluxCube cube = test::masked_cube({10, 20, 30}, 2.0);
    damage(cube);
    try {
      require_whole(cube);
    } catch (const UsageError& error) {
      return std::string(error.what());
    }
    return std::string("nothing");
  };
  const auto message = [](const std::string& reason) {
    return "the flux cube is not whole (" + reason + "). Make it with velocal::FluxAccumulator";
  };
  CHECK(missing([](FluxCube& cube) { cube = FluxCube(); }) == message("it has no thresholds"));
  CHECK(missing([](FluxCube& cube) { cube.threshold = {10, 30, 20}; }) == message("its thresholds do not ascend"));
  CHECK(missing([](FluxCube& cube) { cube.threshold = {10, 20, 20}; }) == message("its thresholds do not ascend"));
  CHECK(missing([](FluxCube& cube) { cube.counts.pop_back(); }) == message("196607 counts for 3 thresholds"));
  CHECK(missing([](FluxCube& cube) { cube.live_time_s.pop_back(); }) == message("2 live times for 3 thresholds"));
  CHECK(missing([](FluxCube& cube) { cube.acquisitions.clear(); }) ==
        message("0 tallies of acquisitions for 3 thresholds"));
  CHECK(missing([](FluxCube& cube) { cube.live_time_s[1] = -0.5; }) == message("a live time is -0.5 s"));
  CHECK(missing([](FluxCube& cube) { cube.live_time_s[1] = std::nan(""); }) == message("a live time is nan s"));
  CHECK(missing([](FluxCube& cube) { cube.live_time_s[1] = std::numeric_limits<double>::infinity(); }) ==
        message("a live time is inf s"));
  CHECK(missing([](FluxCube& cube) {
          cube.threshold = {-10, 20, 30};
        }) == message("its thresholds are -10 to 30, not within 0 to 65535 DAC"));
  CHECK(missing([](FluxCube& cube) { cube.mask[7] = 2; }) == message("its mask is not 0 and 1"));
  CHECK(missing([](FluxCube& cube) { const PixelMask taken = std::move(cube.mask); }) ==
        message("its mask has been moved from"));
  CHECK(missing([](FluxCube& cube) { cube.asic[1].flux[2] = -1.0; }) == message("a flux or error of the ASIC is -1"));
  CHECK(missing([](FluxCube& cube) { cube.asic[2].error[0] = std::numeric_limits<double>::infinity(); }) ==
        message("a flux or error of the ASIC is inf"));
  CHECK(missing([](FluxCube& cube) { cube.baseline.emplace().mean[7] = std::nan(""); }) ==
        message("the mean of the noise baseline has to be 0 to 65535 DAC, and it is nan at row 0, column 7"));
  CHECK(missing([](FluxCube& cube) { const auto taken = std::move(cube.baseline.emplace().width); }) ==
        message("the width of the noise baseline has to be 0 to 65535 DAC, and it has been moved from"));
  CHECK(missing([](FluxCube& cube) { cube.separation = static_cast<SeparationPattern>(7); }) ==
        "7 is no separation (there are columns, column-pairs). Give a value of the enumeration");
  CHECK(missing([](FluxCube& cube) { cube.asic[0] = {}; }) ==
        message("0 points in the ASIC curve of group all for 3 thresholds"));
  CHECK(missing([](FluxCube& cube) { cube.asic[3].error.push_back(0.0); }) ==
        message("4 points in the ASIC curve of group rows for 3 thresholds"));
}

TEST_CASE("a pixel, threshold or group that there is not is refused, and half a cube") {
  const FluxCube cube = small_cube();
  CHECK_THROWS_WITH(pixel_flux(cube, 70000),
                    "there is no pixel 70000 (they are 0 to 65535). Take Pixel{row, column}.index()");
  CHECK_THROWS_AS(pixel_flux(cube, 70000), UsageError);
  CHECK_THROWS_WITH(flux_at(cube, 999), Catch::StartsWith("there is no threshold of index 999 (the flux cube has 3 "));
  CHECK_THROWS_AS(cube.asic_curve(static_cast<PixelGroup>(9)), UsageError);
  FluxCube half = small_cube();
  half.counts.resize(10);
  CHECK_THROWS_AS(pixel_flux(half, 0), UsageError);
  CHECK_THROWS_AS(flux_at(half, 0), UsageError);
  CHECK_THROWS_AS(total_flux(half), UsageError);
}
