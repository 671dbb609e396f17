// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/flux_curve.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "plot/hand_made_scan.hpp"
#include "support/model_formulas.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using namespace velocal::test;
using Catch::Matchers::Contains;

namespace {

const std::vector<double> truth{4e-4, 8.0, 4.5, 1549.0};  // f, A, s, E0

double expected_flux(double threshold) {
  const std::vector<long double> exact(truth.begin(), truth.end());
  return static_cast<double>(formula("F1_0", exact, threshold));
}

/// A scan of F1_0 with one good pixel 300 (row 1, column 44) with no hits at 1560, and no live time at 1540.
HandMadeScan one_pixel(const std::string& statistic) {
  HandMadeScan scan;
  scan.flux = masked_cube({1500, 1540, 1550, 1560}, 100.0);
  scan.flux.live_time_s[1] = 0.0;
  set_pixel(scan.flux, 300, std::vector<std::uint32_t>{100, 0, 49, 0});
  scan.fit.settings.model = "F1_0";
  scan.fit.settings.statistic = statistic;
  scan.fit.background = statistic == "poisson" ? 1e-3 : 0.0;
  scan.fit.pixels.parameters.clear();
  const std::vector<std::string> names{"f", "A", "s", "E0"};
  for (std::size_t k = 0; k < names.size(); ++k) {
    scan.fit.pixels.parameters.push_back({names[k], k == 0 ? "" : "DAC"});
    scan.fit.pixels.parameters[k].value[300] = truth[k];
    scan.fit.pixels.parameters[k].error[300] = 0.1;
  }
  set_status(scan.fit, 300, PixelStatus::good, StatusReason::none);
  scan.fit.pixels.chi2[300] = 3.25;
  scan.fit.pixels.ndf[300] = 117;
  return scan;
}

constexpr Pixel drawn_pixel{1, 44};

}  // namespace

TEST_CASE("flux of a pixel with bars of sqrt(N)/L, and 1.84/L without a hit") {
  HandMadeScan scan = one_pixel("neyman");
  const FittedCurve curve = fitted_pixel(scan.view(), drawn_pixel);
  CHECK(curve.data.threshold == std::vector<double>{1500.0, 1550.0, 1560.0});  // no live time: no point
  CHECK(curve.data.flux == std::vector<double>{1.0, 0.49, 0.0});
  CHECK(curve.low[0] == Approx(0.9));
  CHECK(curve.high[0] == Approx(1.1));
  CHECK(curve.low[1] == Approx(0.42));
  CHECK(curve.low[2] == 0.0);
  CHECK(curve.high[2] == Approx(-std::log(0.15865525393145707) / 100.0).epsilon(1e-3));
  CHECK_THAT(curve.bars, Contains("1.84/L"));
  CHECK(curve.sigma[0] == Approx(0.1));
  CHECK(std::isnan(curve.sigma[2]));
}

TEST_CASE("the line is the model with the pixel's parameters, with poisson above the background") {
  for (const std::string statistic : {"neyman", "poisson"}) {
    HandMadeScan scan = one_pixel(statistic);
    const FittedCurve curve = fitted_pixel(scan.view(), drawn_pixel);
    const double background = statistic == "poisson" ? 1e-3 : 0.0;
    CHECK(curve.fitted[1] == Approx(expected_flux(1550.0) + background).epsilon(1e-12));
    CHECK(curve.line.x.front() == 1500.0);
    CHECK(curve.line.x.back() == 1560.0);
    CHECK(curve.line.y.back() == Approx(expected_flux(1560.0) + background).epsilon(1e-12));
    CHECK(curve.fit_text.size() == 5);
    CHECK(curve.fit_text[3] == "E0 = 1549.00 ± 0.10 DAC");
    CHECK(curve.fit_text[4] == "χ²/ndf = 3.2/117");
  }
}

TEST_CASE("pulls of a poisson fit have the expected error, also without a hit") {
  HandMadeScan scan = one_pixel("poisson");
  const FittedCurve curve = fitted_pixel(scan.view(), drawn_pixel);
  CHECK(curve.sigma[2] == Approx(std::sqrt((expected_flux(1560.0) + 1e-3) / 100.0)).epsilon(1e-12));
}

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

TEST_CASE("a pixel without a fit has its points and the reason") {
  HandMadeScan scan = one_pixel("neyman");
  set_status(scan.fit, 300, PixelStatus::not_found, StatusReason::zero_inside);
  const FittedCurve curve = fitted_pixel(scan.view(), drawn_pixel);
  CHECK(curve.data.flux.size() == 3);
  CHECK(curve.line.x.empty());
  CHECK(curve.fit_text == std::vector<std::string>{"no fit: not found", "zero inside the range"});
}

TEST_CASE("a masked pixel is refused with the nearest live one") {
  HandMadeScan scan = one_pixel("neyman");
  PlottedScan view = scan.view();
  CHECK_THROWS_WITH(fitted_pixel(view, {2, 44}),
                    "N037/warm has no flux of pixel 2,44 (it is masked). The nearest live pixel is 1,44");
  view.group = PixelGroup::odd;
  CHECK_THROWS_WITH(fitted_pixel(view, drawn_pixel), Contains("it is not in the group odd"));
  CHECK_THROWS_AS(fitted_pixel(view, drawn_pixel), InputError);
}

TEST_CASE("the ASIC's curve has its own errors and parameters") {
  HandMadeScan scan = one_pixel("neyman");
  scan.fit.asic = asic_fit({1549.0, 0.5});
  scan.fit.asic.fit.names = {"f", "A", "s", "E0"};
  scan.fit.asic.fit.units = {"", "DAC hits/s", "DAC", "DAC"};
  scan.fit.asic.fit.parameters = {{4e-4, 1e-5}, {8.0, 0.1}, {4.5, 0.1}, {1549.0, 0.5}};
  scan.fit.asic.fit.chi2 = 12.0;
  scan.fit.asic.fit.ndf = 10;
  scan.fit.asic.curve = {{1500.0, 1501.0, 1502.0}, {1.0, undefined, 0.9}, {0.1, undefined, 0.0}};
  const FittedCurve curve = fitted_asic(scan.fit, false);
  CHECK(curve.data.threshold == std::vector<double>{1500.0, 1502.0});
  CHECK(curve.low[0] == Approx(0.9));
  CHECK(std::isnan(curve.sigma[1]));
  CHECK(curve.fitted[0] == Approx(expected_flux(1500.0)).epsilon(1e-12));
  CHECK(curve.fit_text.back() == "χ²/ndf = 12.0/10");
  CHECK(fitted_asic(scan.fit, true).fit_text == std::vector<std::string>{"no fit found"});
}

TEST_CASE("five good pixels are spread over a circle") {
  HandMadeScan scan;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) set_good(scan.fit, pixel, {1550.0, 1.0});
  const PlottedScan view = scan.view();
  CHECK(spread_pixels(view, {100, 50}, 20.0) ==
        std::vector<Pixel>{{100, 50}, {110, 50}, {100, 60}, {90, 50}, {100, 40}});
  // at the edge of the chip, all different and within the circle
  const std::vector<Pixel> corner = spread_pixels(view, {0, 0}, 4.0);
  REQUIRE(corner.size() == 5);
  for (std::size_t i = 0; i < corner.size(); ++i) {
    CHECK(std::hypot(corner[i].row, corner[i].column) <= 4.0);
    CHECK(std::count(corner.begin(), corner.end(), corner[i]) == 1);
  }
}

TEST_CASE("fewer than five are all there are, and none is an error") {
  HandMadeScan scan;
  set_good(scan.fit, 0, {1550.0, 1.0});
  set_good(scan.fit, 2, {1550.0, 1.0});
  set_good(scan.fit, 200, {1550.0, 1.0});
  const PlottedScan view = scan.view();
  CHECK(spread_pixels(view, {0, 0}, 3.0) == std::vector<Pixel>{{0, 0}, {0, 2}});
  CHECK_THROWS_WITH(spread_pixels(view, {200, 200}, 3.0),
                    Contains("N037/warm has no good pixel within 3 of 200,200 (3 of 65536 pixels are good)"));
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
