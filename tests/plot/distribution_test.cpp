// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/distribution.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "plot/hand_made_scan.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using namespace velocal::test;
using Catch::Matchers::Contains;

namespace {

double sum(const std::vector<double>& values) {
  double total = 0.0;
  for (const double value : values) total += value;
  return total;
}

/// Nine pixels with E0 at 1546...1554 and errors 3, four live ones without; an ASIC at 1550 +- 4.
HandMadeScan nine_pixels() {
  HandMadeScan scan;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    set_status(scan.fit, pixel, PixelStatus::cut, StatusReason::masked);
  }
  for (std::size_t i = 0; i < 9; ++i) set_good(scan.fit, i, {1546.0 + static_cast<double>(i), 3.0});
  for (std::size_t i = 9; i < 13; ++i) set_status(scan.fit, i, PixelStatus::bad, StatusReason::goodness_of_fit);
  scan.fit.asic = asic_fit({1550.0, 4.0});
  return scan;
}

}  // namespace

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
  CHECK(panel.y.to > *std::max_element(bins[0].contents.begin(), bins[0].contents.end()));
}

TEST_CASE("the discrepancy is the distance in standard deviations of both") {
  HandMadeScan scan = nine_pixels();
  const PlottedScan view = scan.view();
  const std::vector<double> found = discrepancies(find_quantity(view, "E0"), AsicReference::asic);
  REQUIRE(found.size() == pixel_count);
  for (std::size_t i = 0; i < 9; ++i) CHECK(found[i] == Approx((static_cast<double>(i) - 4.0) / 5.0));  // 3, 4, 5
  CHECK(std::isnan(found[9]));
}

TEST_CASE("the part within three standard deviations is coloured and counted") {
  HandMadeScan scan = nine_pixels();
  set_good(scan.fit, 0, {1550.0 + 3.1 * 5.0, 3.0});
  set_good(scan.fit, 2, {1550.0 - 2.9 * 5.0, 3.0});
  set_good(scan.fit, 1, {1550.0 - 11.0 * 5.0, 3.0});
  const PlottedScan view = scan.view();
  const Figure figure = discrepancy_figure(view, find_quantity(view, "E0"), AsicReference::asic);
  const auto bins = drawn<Bins>(figure.panels[0]);
  REQUIRE(bins.size() == 2);
  CHECK(bins[0].edges.front() == -10.0);
  CHECK(bins[0].edges.back() == 10.0);
  CHECK(sum(bins[0].contents) == 8.0);
  CHECK(sum(bins[1].contents) == 7.0);
  // 7 of 9 with a value, of 13 live
  CHECK(legend_of(figure.panels[0]) == std::vector<std::string>{"9 good pixels", "1 beyond ±10", "within ±3:",
                                                                "77.78 % of these", "53.85 % of the live pixels"});
}

TEST_CASE("a discrepancy that cannot be had is refused with the reason") {
  HandMadeScan scan = nine_pixels();
  const PlottedScan view = scan.view();
  CHECK_THROWS_WITH(discrepancies(find_quantity(view, "E0"), AsicReference::asic_good),
                    Contains("ASICgood has no E0 (its fit was not found)"));
  CHECK_THROWS_AS(discrepancies(find_quantity(view, "flux"), AsicReference::asic), UsageError);
  CHECK_THROWS_AS(discrepancies(find_quantity(view, "chi2_ndf"), AsicReference::asic), UsageError);
  CHECK(parse_asic_reference("asic-good") == AsicReference::asic_good);
  CHECK_THROWS_WITH(parse_asic_reference("good"), Contains("there are asic, asic-good"));
}
