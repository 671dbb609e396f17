// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/spread_pixels.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "plot/hand_made_scan.hpp"

using namespace velocal;
using namespace velocal::test;
using Catch::Matchers::Contains;

TEST_CASE("five good pixels are spread over a circle") {
  HandMadeScan scan;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) set_good(scan.fit, pixel, {1550.0, 1.0});
  const PlottedScan view = scan.view();
  CHECK(spread_pixels(view, {{100, 50}, 20.0}) ==
        std::vector<Pixel>{{100, 50}, {110, 50}, {100, 60}, {90, 50}, {100, 40}});
  // at the edge of the chip, all different and within the circle
  const std::vector<Pixel> corner = spread_pixels(view, {{0, 0}, 4.0});
  REQUIRE(corner.size() == 5);
  for (std::size_t i = 0; i < corner.size(); ++i) {
    CHECK(std::hypot(corner[i].row, corner[i].column) <= 4.0);
    CHECK(std::count(corner.begin(), corner.end(), corner[i]) == 1);
  }
}

TEST_CASE("fewer than five are all there are, and none is an error") {
  HandMadeScan scan;
  set_good(scan.fit, 0, {1550.0, 1.0});
  set_good(scan.fit, 2, {1550.0, 1.0});
  set_good(scan.fit, 200, {1550.0, 1.0});
  const PlottedScan view = scan.view();
  CHECK(spread_pixels(view, {{0, 0}, 3.0}) == std::vector<Pixel>{{0, 0}, {0, 2}});
  CHECK_THROWS_WITH(spread_pixels(view, {{200, 200}, 3.0}),
                    Contains("N037/warm has no good pixel within 3 of 200,200 (3 of 65536 pixels are good)"));
}
