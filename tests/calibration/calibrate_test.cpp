// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "hand_made_fit.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/calibration/calibration.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using test::hand_made_fit;
using test::set_good;
using test::set_status;

TEST_CASE("calibrate brings it all together: matrices, means, statuses") {
  ScanFit fit = hand_made_fit(BaselineMode::after);
  set_good(fit, 10, {1525.0, 0.0});  // target 100
  set_good(fit, 20, {1625.0, 0.0});  // target 200
  set_good(fit, 30, {1435.0, 0.0});  // target 10: K = 160 is left out
  set_status(fit, 40, PixelStatus::bad, StatusReason::goodness_of_fit);
  const Calibration result = calibrate(fit, test::one_line(6000.0, 3.75, 0.0));  // 1600 pairs
  CHECK(result.target.value[10] == 100.0);
  CHECK(result.gain.value[20] == 8.0);
  CHECK(result.target.value[30] == 10.0);
  CHECK(std::isnan(result.gain.value[30]));
  CHECK(result.target_means.pixels == 3);
  CHECK(result.target_means.mean == Approx(310.0 / 3.0).epsilon(1e-15));
  CHECK(result.gain_means.pixels == 2);
  CHECK(result.gain_means.mean == 12.0);
  CHECK(result.gain_means.standard_deviation == 4.0);
  CHECK(result.gain_means.mean_error == Approx(4.0 / std::sqrt(2.0)).epsilon(1e-15));
  CHECK(result.statuses.good == 3);
  CHECK(result.statuses.bad == 1);
}

TEST_CASE("the ASIC's target: E0 less the mean baseline, not truncated, with the mean width") {
  ScanFit fit = hand_made_fit(BaselineMode::after);
  fit.baseline->width = PixelMatrix<double>(4.0);
  for (std::size_t pixel = 0; pixel < pixel_count; pixel += 2) fit.baseline->mean[pixel] = 1428.0;  // mean 1426.5
  fit.asic = test::asic_fit({1550.0, 3.0});
  fit.asic_good = test::asic_fit({1551.0, 0.0});
  const Calibration result = calibrate(fit, test::reference_source(), BaselineUncertainty::width);
  CHECK(result.asic.target.value == Approx(123.5).epsilon(1e-12));
  CHECK(result.asic.target.error == Approx(5.0).epsilon(1e-12));
  CHECK(result.asic.gain.value == Approx(1598.9159891598916 / 123.5).epsilon(1e-12));
  CHECK(result.asic.gain.error == Approx(result.asic.gain.value * std::hypot(0.11 / 3.69, 5.0 / 123.5)).epsilon(1e-12));
  CHECK(result.asic_good.target.value == Approx(124.5).epsilon(1e-12));
  CHECK(result.asic_good.target.error == Approx(4.0).epsilon(1e-12));
}

TEST_CASE("masked pixels, those of other groups and those without baseline have no share in the ASIC's baseline") {
  ScanFit fit = hand_made_fit(BaselineMode::after);
  fit.asic = test::asic_fit({1550.0, 3.0});
  for (std::size_t pixel = 0; pixel < 30000; ++pixel) {
    fit.baseline->mean[pixel] = fit.baseline->width[pixel] = pixel < 20000 ? 5000.0 : 0.0;
    if (pixel < 10000)
      set_status(fit, pixel, PixelStatus::cut, StatusReason::masked);
    else if (pixel < 20000)
      set_status(fit, pixel, PixelStatus::cut, StatusReason::outside_group);
  }
  CHECK(calibrate(fit, test::reference_source(), BaselineUncertainty::width).asic.target.value ==
        Approx(125.0).epsilon(1e-12));
  CHECK(calibrate(fit, test::reference_source(), BaselineUncertainty::width).asic.target.error ==
        Approx(std::hypot(3.0, 5.0)).epsilon(1e-12));
}

TEST_CASE("with the baseline taken off before, the ASIC's E0 is its target") {
  ScanFit fit = hand_made_fit(GENERATE(BaselineMode::before, BaselineMode::aligned));
  fit.asic = test::asic_fit({123.5, 12.0});
  const Calibration result = calibrate(fit, test::reference_source(), BaselineUncertainty::width);
  CHECK(result.asic.target.value == 123.5);
  CHECK(result.asic.target.error == Approx(13.0).epsilon(1e-12));
}

TEST_CASE("errors are a pixel's own, and what all have in common is in the budget") {
  ScanFit fit = hand_made_fit(BaselineMode::after);
  fit.baseline->error = PixelMatrix<double>(0.4);
  for (const std::size_t pixel : {10U, 20U, 30U}) set_good(fit, pixel, {1525.0, 0.3});  // target 100
  fit.asic = test::asic_fit({1525.0, 0.003});
  fit.shared = {{"sigma", "um", {4.5, 0.05}, 2500, -2.0, {}, {}}};
  fit.second_share_slope = -12.0;
  fit.source = photon_source(Source{});
  const Calibration result = calibrate(fit, test::one_line(6000.0, 3.75, 0.0375));  // 1600 +- 16 pairs
  CHECK(result.target.error[20] == Approx(0.5).epsilon(1e-12));
  CHECK(result.gain.error[20] == Approx(16.0 * 0.005).epsilon(1e-12));
  CHECK(result.asic.target.error == Approx(std::hypot(0.003, 0.4 / 256.0)).epsilon(1e-12));  // 65,536 pixels

  const double share = fit.source.lines.at(1).share;
  const std::vector<BudgetRow> expected{{"counts", false, 0.3, 0.048},
                                        {"noise baseline", false, 0.4, 0.064},
                                        {"sigma", true, 0.1, 0.016},
                                        {"K-beta share", true, 12.0 * share * (1.0 - share) * 0.053, undefined},
                                        {"baseline drift", true, 0.28, 0.0448},
                                        {"pair energy", true, 0.0, 0.16}};
  REQUIRE(result.budget.rows.size() == expected.size());
  double common = 0.0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const BudgetRow& row = result.budget.rows[i];
    CAPTURE(row.cause);
    CHECK(row.cause == expected[i].cause);
    CHECK(row.common == expected[i].common);
    CHECK(row.target == Approx(expected[i].target).epsilon(1e-12));
    if (row.cause != "K-beta share") CHECK(row.gain == Approx(expected[i].gain).epsilon(1e-12));
    if (row.common) common = std::hypot(common, row.gain);
  }
  CHECK(result.common_gain_error() == Approx(common).epsilon(1e-12));
  CHECK(result.whole({16.0, 0.08}).error == Approx(std::hypot(0.08, common)).epsilon(1e-12));
  const Calibration reference = calibrate(fit, test::one_line(6000.0, 3.75, 0.0375), BaselineUncertainty::width);
  CHECK(reference.common_gain_error() == 0.0);  // its errors hold the pair energy's, and the other causes not at all
  CHECK(reference.gain.error[20] == Approx(16.0 * std::hypot(0.01, std::hypot(0.3, 5.0) / 100.0)).epsilon(1e-12));
}

TEST_CASE("an ASIC whose fit was not found has neither target nor gain") {
  const Calibration result = calibrate(hand_made_fit(BaselineMode::after), test::reference_source());
  CHECK(std::isnan(result.asic.target.value));
  CHECK(std::isnan(result.asic.target.error));
  CHECK(std::isnan(result.asic.gain.value));
  CHECK(std::isnan(result.asic_good.gain.error));
  CHECK(result.target_means.pixels == 0);
}

TEST_CASE("without a noise baseline there is nothing to calibrate with") {
  ScanFit fit = hand_made_fit(BaselineMode::after);
  fit.baseline.reset();
  CHECK_THROWS_AS(calibrate(fit, test::reference_source()), InputError);
  CHECK_THROWS_WITH(calibrate(fit, test::reference_source()),
                    Catch::StartsWith("there is no target without the noise baseline"));
}
