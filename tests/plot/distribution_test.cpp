// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/distribution.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "plot/hand_made_scan.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using namespace velocal::test;

TEST_CASE("a distribution against normal quantiles") {
  HandMadeScan scan = nine_pixels();
  const PlottedScan view = scan.view();
  const std::vector<Picture> pictures = distribution_pictures(view, {.parameters = {"E0"}, .qq = true});
  REQUIRE(pictures.size() == 1);
  CHECK(pictures[0].name == "distribution-E0-qq");
  const Points points = drawn<Points>(pictures[0].draw().panels.at(0)).at(0);
  REQUIRE(points.x.size() == 9);
  CHECK(points.x[4] == Approx(0.0).margin(1e-12));
  CHECK(points.y[4] == 1550.0);
  CHECK_THROWS_AS(distribution_pictures(view, {.discrepancy = AsicReference::asic, .qq = true}), UsageError);
}

TEST_CASE("a distribution has every value, and lines at mean and ASIC") {
  HandMadeScan scan = nine_pixels();
  const PlottedScan view = scan.view();
  const Figure figure = distribution(view, find_quantity(view, "E0"));
  REQUIRE(figure.panels.size() == 1);
  const Panel& panel = figure.panels[0];
  const auto bins = drawn<Bins>(panel);
  REQUIRE(bins.size() == 1);
  CHECK(sum(bins[0].contents) == 9.0);
  CHECK(panel.x.from <= 1546.0);
  CHECK(panel.x.to >= 1554.0);
  const auto lines = drawn<VerticalLine>(panel);
  REQUIRE(lines.size() == 2);  // ASICgood has no fit
  CHECK(lines[0].x == 1550.0);
  CHECK(lines[1].x == 1550.0);
  // mean error: sqrt(60/9)/3
  CHECK(figure.subtitle == "mean 1550.00 ± 0.86 DAC");
  CHECK(legend_of(panel) == std::vector<std::string>{"9 good pixels", "mean 1550.00 ± 0.86 DAC", "std. dev. 2.582",
                                                     "ASIC 1550.0 ± 4.0 DAC"});
  CHECK(panel.y.label == "pixels / 5 DAC");
  scan.fit.asic = asic_fit({1650.0, 4.0});
  const PlottedScan other = scan.view();
  CHECK(legend_of(distribution(other, find_quantity(other, "E0")).panels[0]).back() == "ASIC 1650.0 ± 4.0 DAC, beyond");
  CHECK(panel.y.to > *std::max_element(bins[0].contents.begin(), bins[0].contents.end()));
}
