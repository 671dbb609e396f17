// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/flux_pictures.hpp"

#include <catch2/catch.hpp>

#include "plot/one_pixel_scan.hpp"
#include "velocal/core/error.hpp"
#include "velocal/plot/kinds/spread_pixels.hpp"

using namespace velocal;
using namespace velocal::test;

TEST_CASE("the name of a picture of curves says which they are") {
  HandMadeScan scan = one_pixel("neyman");
  const PlottedScan view = scan.view();
  const auto name = [&](const PictureRequest& request) { return flux_pictures(view, request).at(0).name; };
  CHECK(name({.pixels = {drawn_pixel}}) == "flux-1-44");
  CHECK(name({.pixels = {drawn_pixel}, .area = PixelArea{{0, 40}, 10.5}, .asic = true, .asic_good = true}) ==
        "flux-1-44-area-0-40-10.5-asic-asic-good");
}

TEST_CASE("unasked, the pixel drawn is a lit one, and so is the area's centre") {
  HandMadeScan scan = one_pixel("neyman");
  CHECK(flux_pictures(scan.view(), {}).at(0).name == "flux-1-44");
  CHECK(flux_pictures(scan.view(), {.all = true}).back().name == "flux-area-1-44-100");
  set_pixel(scan.flux, 301, std::vector<std::uint32_t>{200, 0, 49, 0});
  set_status(scan.fit, 301, PixelStatus::bad, StatusReason::goodness_of_fit);
  CHECK(lit_pixel(scan.view(), {127, 128}) == Pixel{1, 44});  // the good one
  set_status(scan.fit, 300, PixelStatus::bad, StatusReason::goodness_of_fit);
  CHECK(lit_pixel(scan.view(), {127, 128}) == Pixel{1, 45});  // the brightest
  CHECK(lit_pixel(one_pixel("neyman").view(), drawn_pixel) == drawn_pixel);
}

TEST_CASE("nine curves are too many, and a masked pixel is told") {
  HandMadeScan scan = one_pixel("neyman");
  const PlottedScan view = scan.view();
  CHECK_THROWS_AS(flux_pictures(view, {.pixels = std::vector<Pixel>(9, drawn_pixel)}), UsageError);
  CHECK_THROWS_WITH(flux_pictures(view, {.pixels = {{127, 128}}}),
                    "N037/warm has no flux of pixel 127,128 (it is masked). The nearest live pixel is 1,44");
}
