// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/collection.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "plot/hand_made_scan.hpp"

using namespace velocal;
using namespace velocal::test;

namespace {

/// `pixels` good pixels with lines 1540, 1541, ...: targets 115, 116, ...
HandMadeScan scan_of(std::size_t pixels) {
  HandMadeScan scan;
  for (std::size_t i = 0; i < pixels; ++i) set_good(scan.fit, i, {1540.0 + static_cast<double>(i), 3.0});
  scan.fit.asic = asic_fit({1545.0, 4.0});
  return scan;
}

}  // namespace

TEST_CASE("all scans are in the same bins, with lines for their means") {
  HandMadeScan warm = scan_of(11), cold = scan_of(21);
  const PlottedScan first = warm.view();
  PlottedScan second = cold.view();
  second.label = "cold";
  const Figure figure = collection("N037", {first, second}, {});
  REQUIRE(figure.panels.size() == 2);  // target, K
  const auto bins = drawn<Bins>(figure.panels[0]);
  REQUIRE(bins.size() == 2);
  CHECK(bins[0].edges == bins[1].edges);
  CHECK(sum(bins[0].contents) == 11.0);
  CHECK(sum(bins[1].contents) == 21.0);
  CHECK(bins[0].outline.colour != bins[1].outline.colour);
  const auto lines = drawn<VerticalLine>(figure.panels[0]);
  REQUIRE(lines.size() == 4);  // mean and ASIC of each
  CHECK(lines[0].x == Approx(120.0));
  CHECK(lines[1].x == Approx(120.0));  // 1545 - 1425
  CHECK(lines[2].x == Approx(125.0));
  CHECK(figure.panels[0].x.label == "Target [DAC]");
  CHECK(figure.panels[1].x.label == "K [e⁻/DAC]");
}

TEST_CASE("options add a row each") {
  HandMadeScan warm = scan_of(11);
  const PlottedScan scan = warm.view();
  CHECK(collection("x", {scan}, {.qq = true}).panels.size() == 4);
  CHECK(collection("x", {scan}, {.parameters = {"E0"}, .discrepancy = AsicReference::asic, .qq = true}).panels.size() ==
        3);
}

TEST_CASE("even and odd columns are compared bin by bin") {
  HandMadeScan one = scan_of(30), other = scan_of(40);
  PlottedScan even = one.view(), odd = other.view();
  even.group = PixelGroup::even;
  odd.group = PixelGroup::odd;
  const Figure figure = collection("x", {even, odd}, {.parameters = {"target"}});
  REQUIRE(figure.panels.size() == 2);
  const auto points = drawn<Points>(figure.panels[1]);
  REQUIRE(points.size() == 1);
  CHECK(points[0].y.size() > 3);
  CHECK(figure.panels[0].x.from == figure.panels[1].x.from);
}
