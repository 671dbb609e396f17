// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/asic_fit.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/model_formulas.hpp"
#include "support/pixel_cube.hpp"
#include "velocal/fit/minimise/minimiser.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::asic_fit_test {

namespace {

const std::vector<double> truth{4e-4, 10.0, 4.5, 1548.0};
const std::vector<double> start{9e-4, 8.0, 6.0, 1551.0};

/// F1_0 at the thresholds from..to, all errors the same.
FluxCurve exact_curve(int from, int to, double error) {
  const std::vector<long double> parameters(truth.begin(), truth.end());
  FluxCurve curve;
  for (int threshold = from; threshold <= to; ++threshold) {
    curve.threshold.push_back(threshold);
    curve.flux.push_back(static_cast<double>(test::formula("F1_0", parameters, threshold)));
    curve.error.push_back(error);
  }
  return curve;
}

CurveFit fit(const FluxCurve& curve, CurveEnds ends = CurveEnds::all, Covariance covariance = Covariance::scaled,
             std::string_view engine = "gsl") {
  return fit_curve(curve, ends, ModelRegistry::instance().get("F1_0"), start, engine, covariance);
}

void check_truth(const CurveFit& result) {
  REQUIRE(result.found);
  for (std::size_t k = 0; k < truth.size(); ++k) {
    CAPTURE(result.names[k]);
    CHECK(result.parameters[k].value == Approx(truth[k]).epsilon(1e-7));
  }
}

}  // namespace

TEST_CASE("an exact curve gives back its parameters, with equal errors or with none") {
  const std::string engine(GENERATE(from_range(minimiser_names())));
  CAPTURE(engine);
  check_truth(fit(exact_curve(1480, 1600, 1e-4), CurveEnds::all, Covariance::scaled, engine));
  check_truth(fit(exact_curve(1480, 1600, 0.0), CurveEnds::all, Covariance::scaled, engine));
}

TEST_CASE("without errors the fit is unweighted: as with any one error for all") {
  FluxCurve curve = exact_curve(1480, 1560, 0.0);
  for (std::size_t i = 0; i < curve.flux.size(); ++i) curve.flux[i] *= i % 2 == 0 ? 1.01 : 0.99;
  const CurveFit unweighted = fit(curve);
  curve.error.assign(curve.error.size(), 0.01);
  const CurveFit weighted = fit(curve);
  REQUIRE(unweighted.found);
  REQUIRE(weighted.found);
  CHECK(unweighted.ndf == 77);
  CHECK(unweighted.chi2 == Approx(1e-4 * weighted.chi2).epsilon(1e-6));
  for (std::size_t k = 0; k < truth.size(); ++k) {
    CHECK(unweighted.parameters[k].value == Approx(weighted.parameters[k].value).epsilon(1e-5));
    CHECK(unweighted.parameters[k].error ==
          Approx(weighted.parameters[k].error).epsilon(1e-5));  // scaled: no unit left
  }
}

TEST_CASE("points without flux, and those without error where others have one, are left out") {
  FluxCurve curve = exact_curve(1480, 1560, 1e-4);
  const CurveFit whole = fit(curve);
  curve.flux[3] = curve.error[3] = undefined;
  curve.flux[10] = 1000.0;
  curve.error[10] = 0.0;
  const CurveFit without_two = fit(curve);
  check_truth(without_two);
  CHECK(whole.ndf == 77);
  CHECK(without_two.ndf == 75);
}

TEST_CASE("zeros at both ends are trimmed where asked for, those within are kept") {
  FluxCurve curve = exact_curve(1500, 1545, 0.0);  // unweighted: a zero then counts as a point
  const CurveFit bare = fit(curve);
  const auto add_zero = [&](bool front, double threshold) {
    for (auto* values : {&curve.threshold, &curve.flux, &curve.error}) {
      values->insert(front ? values->begin() : values->end(), values == &curve.threshold ? threshold : 0.0);
    }
  };
  add_zero(true, 1499.0);
  add_zero(true, 1498.0);
  add_zero(false, 1546.0);
  curve.flux.back() = undefined;
  add_zero(false, 1547.0);
  const CurveFit trimmed = fit(curve, CurveEnds::trim_zeros);
  CHECK(trimmed.ndf == bare.ndf);
  CHECK(trimmed.parameter("E0").value == Approx(bare.parameter("E0").value).epsilon(1e-9));
  CHECK(fit(curve).ndf == bare.ndf + 3);

  curve.flux[20] = 0.0;
  CHECK(fit(curve, CurveEnds::trim_zeros).ndf == bare.ndf);
}

TEST_CASE("a curve that cannot be fitted is not found, its numbers undefined") {
  FluxCurve curve = exact_curve(1480, 1482, 1e-4);
  const CurveFit result = fit(GENERATE(true, false) ? curve : FluxCurve{}, CurveEnds::trim_zeros);
  CHECK_FALSE(result.found);
  CHECK(result.names == std::vector<std::string>{"f", "A", "s", "E0"});
  CHECK(result.units == std::vector<std::string>{"", "DAC hits/s", "DAC", "DAC"});
  REQUIRE(result.parameters.size() == 4);
  CHECK(std::isnan(result.parameter("E0").value));
  CHECK(std::isnan(result.parameter("E0").error));
  CHECK(std::isnan(result.chi2));
  CHECK(result.covariance.array().isNaN().all());
  CHECK(std::isnan(result.parameter("B").value));
}

}  // namespace velocal::asic_fit_test
