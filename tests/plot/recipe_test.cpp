// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/recipe.hpp"

#include <catch2/catch.hpp>

#include "plot/hand_made_scan.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using namespace velocal::test;

TEST_CASE("a recipe shows the charges of all pixels between the limits, and those of other trims where known") {
  HandMadeScan scan = nine_pixels();
  PlottedScan view = scan.view();
  TrimSteps trims;
  trims.step = PixelMatrix<double>(4.0);
  const bool known = GENERATE(false, true);
  if (known) view.trims = &trims;
  PictureRequest request;
  request.charge = 1000.0;
  const auto pictures = recipe_pictures(view, request);
  REQUIRE(pictures.size() == 1);
  CHECK(pictures[0].name == "recipe-1000");
  const Figure figure = pictures[0].draw();
  REQUIRE(figure.panels.size() == 1);
  const Panel& panel = figure.panels[0];
  const auto bins = drawn<Bins>(panel);
  REQUIRE(bins.size() == (known ? 2 : 1));
  for (const Bins& one : bins) CHECK(sum(one.contents) == 9.0);
  const auto lines = drawn<VerticalLine>(panel);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].x == 1000.0);
  CHECK(lines[1].x == 800.0);
  CHECK(lines[2].x == 1200.0);
  CHECK(panel.x.from < 800.0);
  CHECK(panel.x.to > 1200.0);
  REQUIRE(figure.numbers.size() == 5);
  CHECK(figure.numbers[1].name == "threshold");
  CHECK(figure.numbers[1].value.value == Approx(1425.0 + 1000.0 * 125.0 / 1598.9159891598916).epsilon(1e-6));
}

TEST_CASE("a recipe needs a charge, and among all pictures there is none without") {
  HandMadeScan scan = nine_pixels();
  CHECK(recipe_pictures(scan.view(), {}).empty());
  CHECK_THROWS_AS(check_recipe_request({}), UsageError);
}
