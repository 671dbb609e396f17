// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/flux_curve.hpp"

#include <catch2/catch.hpp>

#include "plot/one_pixel_scan.hpp"

using namespace velocal;
using namespace velocal::test;
using Catch::Matchers::Contains;

TEST_CASE("residuals and pulls are drawn below, the pulls on a band from -2 to 2") {
  HandMadeScan scan = one_pixel("neyman");
  const PlottedScan view = scan.view();
  const FittedCurve curve = fitted_pixel(view, drawn_pixel);
  CHECK(flux_figure(view, {curve}, {}).panels.size() == 1);
  const Figure figure = flux_figure(view, {curve}, {.residuals = true, .pulls = true});
  REQUIRE(figure.panels.size() == 3);
  const auto residuals = drawn<Points>(figure.panels[1]), pulls = drawn<Points>(figure.panels[2]);
  REQUIRE(residuals.size() == 1);
  REQUIRE(pulls.size() == 1);
  CHECK(residuals[0].y[0] == Approx(1.0 - expected_flux(1500.0)).epsilon(1e-12));
  CHECK(residuals[0].y.size() == 3);
  CHECK(figure.panels[1].y.label == "Residual [hits/s]");
  CHECK(pulls[0].y[0] == Approx((1.0 - expected_flux(1500.0)) / 0.1).epsilon(1e-12));
  CHECK(pulls[0].y.size() == 2);  // no hit, no error
  const auto bands = drawn<Band>(figure.panels[2]);
  REQUIRE(bands.size() == 1);
  CHECK(bands[0].low.front() == -2.0);
  CHECK(bands[0].high.front() == 2.0);
  // one above the other, on one axis
  CHECK(figure.panels[0].bottom > figure.panels[1].top);
  CHECK(figure.panels[1].bottom > figure.panels[2].top);
  CHECK(figure.panels[0].x.from == figure.panels[2].x.from);
  CHECK_FALSE(figure.panels[0].x.numbered);
  CHECK(figure.panels[2].x.numbered);
}

TEST_CASE("a pixel without a fit has no residuals and no pulls") {
  HandMadeScan scan = one_pixel("neyman");
  set_status(scan.fit, 300, PixelStatus::not_found, StatusReason::no_convergence);
  const PlottedScan view = scan.view();
  const Figure figure = flux_figure(view, {fitted_pixel(view, drawn_pixel)}, {.residuals = true, .pulls = true});
  for (const Panel& panel : figure.panels) CHECK((panel.legend_only || panel.y.label == "Flux [hits/s]"));
}

TEST_CASE("on a logarithmic axis nothing ends at 0") {
  HandMadeScan scan = one_pixel("neyman");
  const PlottedScan view = scan.view();
  const Figure figure = flux_figure(view, {fitted_pixel(view, drawn_pixel)}, {.log = true});
  const Panel& panel = figure.panels[0];
  CHECK(panel.y.log);
  CHECK(panel.y.from == Approx(0.245));  // half of the lowest flux, 0.49
  const std::vector<double> ends = drawn<Points>(panel).at(0).y_low;
  for (const double low : ends) CHECK(low >= panel.y.from);
  CHECK(figure.panels[1].legend_only);
}

TEST_CASE("with the baseline taken off before, thresholds are those of the fit") {
  HandMadeScan scan = one_pixel("neyman");
  scan.fit.settings.baseline = BaselineMode::before;
  scan.flux.baseline = scan.fit.baseline;  // 1425
  const PlottedScan view = scan.view();
  const FittedCurve curve = fitted_pixel(view, drawn_pixel);
  CHECK(curve.data.threshold.front() == 75.0);
  CHECK(flux_figure(view, {curve}, {}).panels[0].x.label == "Threshold − baseline [DAC]");
  scan.flux.baseline->mean[300] = 0.0;
  CHECK_THROWS_WITH(fitted_pixel(view, drawn_pixel), Contains("pixel 1,44 of N037/warm has no baseline"));
}

TEST_CASE("several curves have their parameters beside the panel") {
  HandMadeScan scan = one_pixel("neyman");
  const PlottedScan view = scan.view();
  const FittedCurve curve = fitted_pixel(view, drawn_pixel);
  const Figure figure = flux_figure(view, {curve, curve}, {});
  REQUIRE(figure.panels.size() == 2);
  CHECK(legend_of(figure.panels[0]).empty());
  CHECK(figure.panels[1].legend_only);
  CHECK(legend_of(figure.panels[1]).size() == 12);
  CHECK(figure.panels[1].left >= figure.panels[0].right);
}

TEST_CASE("the parameters of one curve are in its panel only where nothing runs through them") {
  HandMadeScan scan = one_pixel("neyman");
  PlottedScan view = scan.view();
  FittedCurve curve = fitted_pixel(view, drawn_pixel);
  CHECK(legend_of(flux_figure(view, {curve}, {}).panels[0]).size() == 7);
  curve.data.flux[0] = curve.low[0] = 0.01;  // at the left, low
  const Figure figure = flux_figure(view, {curve}, {});
  REQUIRE(figure.panels.size() == 2);
  CHECK(legend_of(figure.panels[0]).empty());
  CHECK(legend_of(figure.panels[1]).size() == 7);
}
