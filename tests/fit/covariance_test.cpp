// SPDX-License-Identifier: GPL-3.0-or-later
#include <Eigen/LU>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/model_formulas.hpp"
#include "support/pixel_cube.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal::covariance_test {

namespace {

constexpr std::size_t pixels = 30;
using Matrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;

/// Drawn pixels of a model, at live times that differ from threshold to threshold.
FluxCube drawn_cube(const test::TypicalParameters& typical) {
  std::mt19937_64 random(1);
  FluxCube cube = test::masked_cube(test::threshold_range(1480, 1556), 0.0);
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) cube.live_time_s[t] = 1e5 * static_cast<double>(1 + t % 3);
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    test::set_pixel(cube, pixel, test::drawn(test::expected_counts(cube, typical.model, typical.values), random));
  }
  test::set_asic_curve(cube);
  return cube;
}

ScanFit fit(const FluxCube& cube, const test::TypicalParameters& typical, Covariance covariance, std::string engine) {
  ScanSettings scan = test::one_line_scan();
  for (std::size_t k = 0; k < typical.names.size(); ++k) scan.initial.emplace_back(typical.names[k], typical.values[k]);
  FitSettings settings = test::reference_settings();
  settings.model = typical.model;
  settings.covariance = covariance;
  return fit_scan(cube, scan, settings, {PixelGroup::all, std::move(engine)});
}

/// (J^T W J)^-1 with a numeric Jacobian of the formula in long double: steps of 1e-4 of the parameters, five points,
/// whose remainder is of order 1e-16.
Matrix numeric_covariance(const std::string& model, const std::vector<double>& at, const FluxCurve& curve) {
  const auto count = static_cast<Eigen::Index>(at.size());
  Matrix information = Matrix::Zero(count, count);
  for (std::size_t i = 0; i < curve.flux.size(); ++i) {
    Matrix slope(count, 1);
    for (std::size_t k = 0; k < at.size(); ++k) {
      const long double h = (k + 1 == at.size() ? 5.0L : static_cast<long double>(at[k])) * 1e-4L;
      const auto moved = [&](int steps) {
        std::vector<long double> parameters(at.begin(), at.end());
        parameters[k] += steps * h;
        return test::formula(model, parameters, static_cast<long double>(curve.threshold[i]));
      };
      slope(static_cast<Eigen::Index>(k)) = (8.0L * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / (12.0L * h);
    }
    information += slope * slope.transpose() / (static_cast<long double>(curve.error[i]) * curve.error[i]);
  }
  return information.fullPivLu().inverse();
}

}  // namespace

TEST_CASE("the absolute covariance is the inverse of J^T W J, by an independent calculation") {
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  const std::string engine(GENERATE(from_range(minimiser_names())));
  CAPTURE(typical.model, engine);
  const FluxCube cube = drawn_cube(typical);
  const ScanFit result = fit(cube, typical, Covariance::absolute, engine);
  const std::size_t count = typical.names.size();
  int compared = 0;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    if (!result.pixels.good(pixel)) continue;
    std::vector<double> at;
    for (const ParameterMap& map : result.pixels.parameters) at.push_back(map.value[pixel]);
    const Matrix expected = numeric_covariance(typical.model, at, pixel_flux(cube, pixel));
    for (std::size_t k = 0; k < count; ++k) {
      const auto index = static_cast<Eigen::Index>(k);
      // timepix, whose A and E0 can hardly be told apart, amplifies rounding by 1e6; 1e-8 leaves room for that.
      CHECK(result.pixels.parameters[k].error[pixel] ==
            Approx(static_cast<double>(std::sqrt(expected(index, index)))).epsilon(1e-8));
    }
    ++compared;
  }
  CHECK(compared > 20);

  // The same for the curve of the ASIC, with its whole matrix.
  const CurveFit& asic = result.asic.fit;
  REQUIRE(asic.found);
  std::vector<double> at;
  for (const Uncertain& parameter : asic.parameters) at.push_back(parameter.value);
  const Matrix expected = numeric_covariance(typical.model, at, result.asic.curve);
  for (Eigen::Index k = 0; k < asic.covariance.rows(); ++k) {
    CHECK(asic.parameters[static_cast<std::size_t>(k)].error ==
          Approx(std::sqrt(asic.covariance(k, k))).epsilon(1e-12));
    for (Eigen::Index l = 0; l < asic.covariance.cols(); ++l) {
      const auto scale = static_cast<double>(std::sqrt(expected(k, k) * expected(l, l)));
      CHECK(asic.covariance(k, l) == Approx(static_cast<double>(expected(k, l))).margin(1e-8 * scale));
    }
  }
}

TEST_CASE("scaled errors are the absolute ones times sqrt(chi2/ndf) - nothing else changes") {
  const auto& typical = test::typical_parameters().front();
  const std::string engine(GENERATE(from_range(minimiser_names())));
  const FluxCube cube = drawn_cube(typical);
  const ScanFit absolute = fit(cube, typical, Covariance::absolute, engine);
  const ScanFit scaled = fit(cube, typical, Covariance::scaled, engine);
  CHECK(scaled.pixels.status == absolute.pixels.status);
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    CHECK(scaled.pixels.chi2[pixel] == absolute.pixels.chi2[pixel]);
    if (!absolute.pixels.good(pixel)) continue;
    const double factor = std::sqrt(absolute.pixels.chi2[pixel] / absolute.pixels.ndf[pixel]);
    for (std::size_t k = 0; k < typical.names.size(); ++k) {
      CHECK(scaled.pixels.parameters[k].value[pixel] == absolute.pixels.parameters[k].value[pixel]);
      CHECK(scaled.pixels.parameters[k].error[pixel] ==
            Approx(factor * absolute.pixels.parameters[k].error[pixel]).epsilon(1e-12));
    }
  }
  const double factor = absolute.asic.fit.chi2 / absolute.asic.fit.ndf;
  CHECK(scaled.asic.fit.covariance.isApprox(factor * absolute.asic.fit.covariance, 1e-12));
}

}  // namespace velocal::covariance_test
