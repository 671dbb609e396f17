// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/residuals.hpp"

#include <catch2/catch.hpp>

#include "plot/hand_made_scan.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using namespace velocal::test;
using Catch::Matchers::Contains;

namespace {

/// The largest residual is 4 % of the flux at the line, at `deviations` standard deviations; the first bin has hardly
/// any live time.
StackedResiduals stack_of(double deviations) {
  const double error = 0.04 / deviations;
  return {{-40.0, -1.0, 0.0, 1.0}, {0.3, 0.02, 0.0, 0.04}, {0.5, error, error, error}, {1.0, 1.0, 1.0, 1.0}, 321};
}

HandMadeScan scan_of(const char* model, double deviations) {
  HandMadeScan scan;
  scan.fit.settings.model = model;
  scan.fit.settings.statistic = "poisson";
  scan.fit.residuals = stack_of(deviations);
  return scan;
}

PlottedScan view_of(HandMadeScan& scan, const char* dataset) {
  PlottedScan view = scan.view();
  view.dataset = dataset;
  view.title = std::string(dataset) + "/warm";
  return view;
}

}  // namespace

TEST_CASE("a series for each fit, with model and significance in the legend") {
  HandMadeScan wrong = scan_of("F1_0", 50.0), right = scan_of("diffusion", 2.0);
  const Figure figure = residual_figure({view_of(wrong, "one"), view_of(right, "two")});
  REQUIRE(figure.panels.size() == 1);
  const Panel& panel = figure.panels[0];
  const auto points = drawn<Points>(panel);
  REQUIRE(points.size() == 2);
  CHECK(points[0].x == std::vector<double>{-1.0, 0.0, 1.0});  // where hardly anything is stacked, nothing is drawn
  CHECK(points[0].y == std::vector<double>{0.02, 0.0, 0.04});
  CHECK(points[1].y_low[2] == Approx(0.02));
  CHECK(points[1].y_high[2] == Approx(0.06));
  CHECK(points[0].colour != points[1].colour);
  CHECK(drawn<Curve>(panel).at(0).y == std::vector<double>{0.0, 0.0});
  const auto legend = legend_of(panel);
  CHECK(legend[0] == "one: F1_0, poisson");
  CHECK_THAT(legend[1], Contains("+4 %"));
  CHECK(legend[2] == "50.0 σ at +1 DAC");
  CHECK(legend[6] == "two: diffusion, poisson");
  CHECK(legend[8] == "2.0 σ at +1 DAC");
  CHECK(panel.x.label == "Threshold − E0 [DAC]");
  CHECK(panel.y.label == "Counted − expected [hits/s per pixel]");
  REQUIRE(figure.numbers.size() == 4);
  CHECK(figure.numbers[1].name == "one/warm significance");
  CHECK(figure.numbers[1].value.value == Approx(50.0));
}

TEST_CASE("a picture for each label") {
  HandMadeScan fit = scan_of("F1_0", 50.0);
  PlottedScan warm = view_of(fit, "one"), cold = warm;
  cold.label = "cold";
  std::vector<Picture> pictures = residual_pictures({warm, cold, warm}, {});
  REQUIRE(pictures.size() == 2);
  CHECK(pictures[0].name == "residuals-warm");
  CHECK(drawn<Points>(pictures[0].draw().panels[0]).size() == 2);
  CHECK(pictures[1].name == "residuals-cold");
  warm.group = PixelGroup::even;
  CHECK(residual_pictures({warm}, {})[0].name == "residuals-warm-even");
}

TEST_CASE("a fit without stacked residuals is told by name, or left out of everything") {
  HandMadeScan fit = scan_of("F1_0", 50.0), older = scan_of("F1_0", 50.0);
  older.fit.residuals = {};
  const std::vector<PlottedScan> scans{view_of(fit, "one"), view_of(older, "old")};
  CHECK_THROWS_WITH(residual_pictures(scans, {}), Contains("old/warm has no stacked residuals") && Contains("older"));
  CHECK_THROWS_AS(residual_pictures(scans, {}), InputError);
  CHECK(residual_pictures(scans, {.all = true}).size() == 1);
  CHECK(residual_pictures({scans[1]}, {.all = true}).empty());
}

TEST_CASE("whether the shape holds, in words") {
  CHECK(shape_text(summarise(stack_of(50.0))) == "shape off by 4 % of the flux at the line (50 σ)");
  CHECK(shape_text(summarise(stack_of(2.0))) == "shape holds (2.0 σ)");
}
