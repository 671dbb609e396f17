// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/heatmap.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "plot/hand_made_scan.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using namespace velocal::test;

TEST_CASE("a heatmap shows the matrix as it is, with mean and standard deviation in words") {
  HandMadeScan scan;
  set_good(scan.fit, 0, {1548.0, 1.0});
  set_good(scan.fit, 511, {1552.0, 1.0});
  const Figure figure = heatmap("N037/warm", find_quantity(scan.view(), "E0"), Palette::cividis);
  REQUIRE(figure.panels.size() == 1);
  const auto images = drawn<Image>(figure.panels[0]);
  REQUIRE(images.size() == 1);
  CHECK(images[0].values[0] == 1548.0);
  CHECK(images[0].values(1, 255) == 1552.0);
  CHECK(std::isnan(images[0].values[1]));
  CHECK(images[0].palette == Palette::cividis);
  CHECK(images[0].label == "E0 [DAC]");
  CHECK(images[0].low == Approx(1548.04));  // the middle 98 % of 1548...1552
  CHECK(images[0].high == Approx(1551.96));
  CHECK(figure.title == "N037/warm");
  CHECK(figure.subtitle == "E0: mean 1550.0 ± 1.4 DAC, std. dev. 2.00, 2 good pixels");
  CHECK(figure.panels[0].x.ticks.size() == 5);
  CHECK(figure.panels[0].x.ticks[1].at == 64.0);
  // square
  CHECK((figure.panels[0].right - figure.panels[0].left) * figure.width ==
        Approx((figure.panels[0].top - figure.panels[0].bottom) * figure.height));
}

TEST_CASE("a range of colours is that of one map") {
  HandMadeScan scan;
  set_good(scan.fit, 0, {1548.0, 1.0});
  const PlottedScan view = scan.view();
  const PictureRequest request{.parameters = {"E0"}, .colours = Range{1500.0, 1600.0}};
  const auto image = drawn<Image>(heatmap_pictures(view, request).at(0).draw().panels[0]).at(0);
  CHECK(image.low == 1500.0);
  CHECK(image.high == 1600.0);
  CHECK_THROWS_AS(heatmap_pictures(view, {.colours = Range{0.0, 1.0}}), UsageError);
}

TEST_CASE("the hits of the live pixels at one threshold") {
  HandMadeScan scan;
  set_pixel(scan.flux, 7, std::vector<std::uint32_t>{3, 2, 1});
  const PlottedScan view = scan.view();
  const std::vector<Picture> pictures = heatmap_pictures(view, {.threshold = 1501});
  REQUIRE(pictures.size() == 1);
  CHECK(pictures[0].name == "heatmap-hits-1501");
  const auto image = drawn<Image>(pictures[0].draw().panels[0]).at(0);
  CHECK(image.values[7] == 2.0);
  CHECK(std::isnan(image.values[8]));  // masked
  CHECK_THROWS_WITH(hits_at(view, 1503),
                    "N037/warm has no threshold 1503 (it has 3 from 1500 to 1502). Ask for one of these");
}

TEST_CASE("a heatmap of nothing says so") {
  HandMadeScan scan;
  const Figure figure = heatmap("x", find_quantity(scan.view(), "K"), Palette::viridis);
  CHECK(figure.subtitle == "K: no pixel has a value");
  CHECK(drawn<Image>(figure.panels[0])[0].low < drawn<Image>(figure.panels[0])[0].high);
}

TEST_CASE("the status map has each category's share of the live pixels") {
  HandMadeScan scan;
  set_good(scan.fit, 0, {1548.0, 1.0});
  set_status(scan.fit, 1, PixelStatus::bad, StatusReason::goodness_of_fit);
  set_status(scan.fit, 2, PixelStatus::not_found, StatusReason::no_convergence);
  set_status(scan.fit, 3, PixelStatus::cut, StatusReason::no_hits);
  for (std::size_t pixel = 4; pixel < pixel_count; ++pixel) {
    set_status(scan.fit, pixel, PixelStatus::cut, StatusReason::masked);
  }
  const Figure figure = status_map("x", scan.fit.pixels);
  const auto images = drawn<CategoryImage>(figure.panels[0]);
  REQUIRE(images.size() == 1);
  for (std::size_t pixel = 0; pixel < 4; ++pixel) CHECK(images[0].category[pixel] == static_cast<double>(pixel));
  CHECK(std::isnan(images[0].category[4]));
  CHECK(images[0].colours.size() == 4);
  CHECK(legend_of(figure.panels[0]) == std::vector<std::string>{"good", "25.00 %", "bad", "25.00 %", "not found",
                                                                "25.00 %", "cut", "25.00 %", "masked", "65532 pixels"});
  CHECK(figure.subtitle == "Status: 1 of 4 live pixels good");
}
