// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/flux_pictures.hpp"

#include <catch2/catch.hpp>

#include "plot/one_pixel_scan.hpp"
#include "velocal/core/error.hpp"

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

TEST_CASE("nine curves are too many, and the pixel drawn by itself may be masked") {
  HandMadeScan scan = one_pixel("neyman");
  const PlottedScan view = scan.view();
  CHECK_THROWS_AS(flux_pictures(view, {.pixels = std::vector<Pixel>(9, drawn_pixel)}), UsageError);
  CHECK_THROWS_WITH(flux_pictures(view, {}),
                    "N037/warm has no flux of pixel 127,128 (it is masked). The nearest live pixel is 1,44");
}
