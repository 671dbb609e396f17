// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/fitted_curve.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "plot/one_pixel_scan.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using namespace velocal::test;
using Catch::Matchers::Contains;

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
  CHECK(curve.bars == "bars: spread of acquisitions");  // with neyman, scaled
  scan.fit.settings.covariance = Covariance::absolute;
  CHECK(fitted_asic(scan.fit, false).bars == "bars √N/L");
  scan.fit.asic.curve.error = {0.0, undefined, 0.0};  // no errors, and a minimum that is no chi2
  const FittedCurve unweighted = fitted_asic(scan.fit, false);
  CHECK(unweighted.bars == "no errors known");
  CHECK(unweighted.fit_text.back() == "rms residual 1.1 hits/s");
  CHECK(fitted_asic(scan.fit, true).fit_text == std::vector<std::string>{"no fit found"});
}
