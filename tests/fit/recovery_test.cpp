// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "support/model_formulas.hpp"
#include "support/pixel_cube.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal::recovery_test {

namespace {

constexpr std::size_t pixels = 500;

/// Pixels drawn from one model, each with parameters of its own.
struct DrawnPixels {
  FluxCube cube;
  std::vector<std::vector<double>> truth;
  ScanSettings scan;  ///< start values 5 % off the middle of the truth, 1 DAC for E0
};

/// The scan ends where the step has not yet fallen to nothing, and 2e6 s a threshold leave at least some 1e4 counts
/// everywhere: least squares with the counts' own square roots as errors are biased by 1/N, here far below the errors.
DrawnPixels draw(const test::TypicalParameters& typical) {
  std::mt19937_64 random(1480);
  std::uniform_real_distribution<> spread(-0.05, 0.05);
  DrawnPixels drawn{test::masked_cube(test::threshold_range(1480, 1556), 2e6), {}, test::one_line_scan()};
  for (std::size_t i = 0; i < pixels; ++i) {
    std::vector<double> parameters = typical.values;
    for (double& value : parameters) value *= 1.0 + spread(random);
    parameters.back() = typical.values.back() + 20.0 * spread(random);
    test::set_pixel(drawn.cube, i * 131,
                    test::drawn(test::expected_counts(drawn.cube, typical.model, parameters), random));
    drawn.truth.push_back(parameters);
  }
  for (std::size_t k = 0; k < typical.names.size(); ++k) {
    const bool line = typical.names[k] == "E0";
    drawn.scan.initial.emplace_back(typical.names[k], line ? typical.values[k] + 1.0 : 1.05 * typical.values[k]);
  }
  return drawn;
}

struct Moments {
  double mean = 0.0;
  double deviation = 0.0;
};

Moments moments_of(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  double sum = 0.0, squares = 0.0;
  for (const double value : values) sum += value;
  for (const double value : values) squares += (value - sum / n) * (value - sum / n);
  return {sum / n, std::sqrt(squares / n)};
}

}  // namespace

TEST_CASE("each model recovers drawn truth: pulls are standard normal, chi2 is distributed as it should be",
          "[thorough]") {
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  const std::string engine(GENERATE(from_range(minimiser_names())));
  CAPTURE(typical.model, engine);
  const DrawnPixels drawn = draw(typical);
  FitSettings settings = test::reference_settings();
  settings.model = typical.model;
  settings.covariance = Covariance::absolute;
  const double alpha = settings.significance = 0.05;
  const PixelFits fits = fit_scan(drawn.cube, drawn.scan, settings, {PixelGroup::all, engine}).pixels;

  // Goodness of fit rejects a share alpha, and nothing else is lost. Five standard deviations of the binomial.
  const StatusCounts counts = count_statuses(fits);
  CHECK(counts.good + counts.bad == pixels);
  const double expected_bad = alpha * pixels;
  CHECK(std::abs(static_cast<double>(counts.bad) - expected_bad) < 5.0 * std::sqrt(expected_bad * (1.0 - alpha)));

  std::vector<double> chi2;
  for (std::size_t i = 0; i < pixels; ++i) {
    REQUIRE(fits.ndf[i * 131] == 77 - static_cast<int>(typical.names.size()));
    chi2.push_back(fits.chi2[i * 131]);
  }
  // Mathematics: mean ndf, variance 2 ndf. Five standard deviations of the mean of 500; those of their standard
  // deviation are a little more than those of normal numbers, 1/sqrt(1000), so seven.
  const double ndf = 77.0 - static_cast<double>(typical.names.size());
  CHECK(moments_of(chi2).mean == Approx(ndf).margin(5.0 * std::sqrt(2.0 * ndf / pixels)));
  CHECK(moments_of(chi2).deviation == Approx(std::sqrt(2.0 * ndf)).epsilon(7.0 / std::sqrt(2.0 * pixels)));

  for (std::size_t k = 0; k < typical.names.size(); ++k) {
    std::vector<double> pulls;
    for (std::size_t i = 0; i < pixels; ++i) {
      if (!fits.good(i * 131)) continue;
      const ParameterMap& map = fits.parameters[k];
      pulls.push_back((map.value[i * 131] - drawn.truth[i][k]) / map.error[i * 131]);
    }
    const auto [mean, deviation] = moments_of(pulls);
    const auto n = static_cast<double>(pulls.size());
    CAPTURE(typical.names[k], mean, deviation);
    CHECK(std::abs(mean) < 5.0 / std::sqrt(n));
    CHECK(std::abs(deviation - 1.0) < 5.0 / std::sqrt(2.0 * n));
  }
}

TEST_CASE("counts without scatter give back the truth itself") {
  // Rounding to whole counts moves them by up to 1/2 in 1e6 and more: parameters by some 1e-5 of their errors' scale.
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  CAPTURE(typical.model);
  FluxCube cube = test::masked_cube(test::threshold_range(1480, 1556), 1e9);
  test::set_pixel(cube, 775, test::rounded(test::expected_counts(cube, typical.model, typical.values)));
  FitSettings settings = test::reference_settings();
  settings.model = typical.model;
  const PixelFits fits = fit_scan(cube, draw(typical).scan, settings).pixels;
  REQUIRE(fits.good(775));
  for (std::size_t k = 0; k < typical.names.size(); ++k) {
    CAPTURE(typical.names[k], fits.parameters[k].value[775]);
    CHECK(fits.parameters[k].value[775] == Approx(typical.values[k]).epsilon(1e-5));
  }
}

}  // namespace velocal::recovery_test
