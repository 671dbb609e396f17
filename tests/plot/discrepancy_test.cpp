// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/discrepancy.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "plot/hand_made_scan.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using namespace velocal::test;
using Catch::Matchers::Contains;

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

TEST_CASE("the discrepancy from a number has the pixel's error alone") {
  HandMadeScan scan = nine_pixels();
  const PlottedScan view = scan.view();
  const PixelQuantity quantity = find_quantity(view, "E0");
  const std::vector<double> found = discrepancies(quantity, 1549.0);
  for (std::size_t i = 0; i < 9; ++i) CHECK(found[i] == Approx((quantity.value[i] - 1549.0) / quantity.error[i]));
  CHECK(discrepancy_label(quantity, 1549.0) == "(E0 − 1549)/u(E0)");
}

TEST_CASE("a discrepancy that cannot be had is refused with the reason") {
  HandMadeScan scan = nine_pixels();
  const PlottedScan view = scan.view();
  CHECK_THROWS_WITH(discrepancies(find_quantity(view, "E0"), AsicReference::asic_good),
                    Contains("ASICgood has no E0 (its fit was not found)"));
  CHECK_THROWS_AS(discrepancies(find_quantity(view, "flux"), AsicReference::asic), UsageError);
  CHECK_THROWS_AS(discrepancies(find_quantity(view, "chi2_ndf"), AsicReference::asic), UsageError);
  CHECK(parse_discrepancy_reference("asic-good") == DiscrepancyReference(AsicReference::asic_good));
  CHECK(parse_discrepancy_reference("13.5") == DiscrepancyReference(13.5));
  CHECK_THROWS_WITH(parse_discrepancy_reference("good"), Contains("there are asic, asic-good, a number"));
}
