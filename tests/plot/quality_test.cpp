// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/quality.hpp"

#include <catch2/catch.hpp>

#include "plot/hand_made_scan.hpp"

using namespace velocal;
using namespace velocal::test;

TEST_CASE("acquisitions are stacked by quality") {
  HandMadeScan scan;
  scan.flux.acquisitions = {{90, 5, 3, 2}, {100, 0, 0, 0}, {0, 0, 100, 0}};
  const Panel panel = acquisitions_panel(scan.flux, Figure{}, Panel{});
  const auto bins = drawn<Bins>(panel);
  REQUIRE(bins.size() == 4);
  // painted from the highest sum down
  CHECK(bins[0].contents == std::vector<double>{100, 100, 100});
  CHECK(bins[1].contents == std::vector<double>{98, 100, 100});
  CHECK(bins[2].contents == std::vector<double>{95, 100, 0});
  CHECK(bins[3].contents == std::vector<double>{90, 100, 0});
  CHECK(bins[0].edges == std::vector<double>{1499.5, 1500.5, 1501.5, 1502.5});
  CHECK(legend_of(panel) == std::vector<std::string>{"rejected 2", "empty 103", "bad 5", "good 190"});
}

TEST_CASE("the quality page has six panels that do not overlap") {
  HandMadeScan scan;
  scan.fit.settings.model = "F1_0";
  for (std::size_t i = 0; i < 50; ++i) set_good(scan.fit, i, {1540.0 + static_cast<double>(i % 10), 3.0});
  const Figure figure = quality_page(scan.view(), Palette::viridis);
  REQUIRE(figure.panels.size() == 6);
  for (std::size_t a = 0; a < 6; ++a) {
    for (std::size_t b = a + 1; b < 6; ++b) {
      const Panel &one = figure.panels[a], &other = figure.panels[b];
      const bool apart =
          one.right < other.left || other.right < one.left || one.top < other.bottom || other.top < one.bottom;
      CHECK(apart);
    }
  }
  CHECK(figure.numbers[0].value.value == 50.0);
  CHECK(figure.subtitle.starts_with("0.08 % of the live pixels good; K = "));
  CHECK(figure.subtitle.find("shape") == std::string::npos);
  scan.fit.residuals = {{-1.0, 0.0}, {0.01, 0.02}, {0.001, 0.001}, {1.0, 1.0}, 50};
  CHECK(quality_page(scan.view(), Palette::viridis)
            .subtitle.ends_with("; shape off by 2 % of the flux at the line (20 σ)"));
  CHECK(figure.panels[3].title == "Mean flux of the live pixels");
  PlottedScan even = scan.view();
  even.group = PixelGroup::even;
  CHECK(quality_page(even, Palette::viridis).panels[3].title == "Mean flux of the live pixels, group even");
}
