// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>

#include "drawn_scan.hpp"
#include "independent_minimiser.hpp"
#include "likelihood_formula.hpp"
#include "support/model_formulas.hpp"
#include "support/reference_analysis.hpp"

namespace velocal::models_fit_test {

namespace {

constexpr std::size_t pixels = 250;
constexpr double live_time_s = 1e5;  ///< 1e5 counts below the line: the two-width models have one clear minimum

/// Pixels drawn from one model around typical parameters, 5 % up and down, the line 1 DAC.
test::DrawnScan draw(const test::TypicalParameters& typical) {
  std::mt19937_64 random(1984);
  std::uniform_real_distribution<> spread(-0.05, 0.05);
  test::DrawnScan scan{test::masked_cube(test::threshold_range(1480, 1600), live_time_s), {}};
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    std::vector<double> parameters = typical.values;
    for (double& value : parameters) value *= 1.0 + spread(random);
    parameters.back() = typical.values.back() + 20.0 * spread(random);
    auto expected = test::expected_counts(scan.cube, typical.model, parameters);
    for (double& mean : expected) mean = std::max(mean, 0.0) + live_time_s * test::drawn_background;
    test::set_pixel(scan.cube, pixel, test::drawn(expected, random));
    scan.truth.push_back(parameters);
  }
  return scan;
}

/// The minimum of the likelihood chi-square by the formula, through residuals whose squares add up to it.
test::IndependentMinimum likelihood_minimum(const test::PixelCounts& pixel, const std::vector<double>& start) {
  return test::independent_minimum(pixel.counts.size(), start, [&](const auto& parameters, std::size_t i) {
    const long double mu = pixel.mu(parameters, i);
    return mu > 0.0L ? test::deviance_residual(mu, pixel.counts[i]) : 1e30L;
  });
}

}  // namespace

TEST_CASE("poisson: each model recovers drawn truth, at the minimum that an independent minimiser finds",
          "[thorough]") {
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  CAPTURE(typical.model);
  const test::DrawnScan scan = draw(typical);
  ScanSettings start = test::one_line_scan();
  for (std::size_t k = 0; k < typical.names.size(); ++k) {
    const bool line = typical.names[k] == "E0";
    start.initial.emplace_back(typical.names[k], line ? typical.values[k] + 1.0 : 1.05 * typical.values[k]);
  }
  FitSettings settings = test::poisson_settings();
  settings.model = typical.model;
  settings.background = test::drawn_background;
  settings.start = StartValues::descriptor;
  const PixelFits fits = fit_scan(scan.cube, start, settings, {PixelGroup::all, "fast"}).pixels;

  // Goodness of fit rejects its 5 % (four standard deviations of the binomial), and nothing else is lost.
  const StatusCounts counts = count_statuses(fits);
  CHECK(counts.good + counts.bad == pixels);
  CHECK(std::abs(static_cast<double>(counts.bad) - 0.05 * pixels) < 4.0 * std::sqrt(0.05 * 0.95 * pixels));

  std::vector<test::Sample> pulls(typical.names.size());
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    if (!fits.good(pixel)) continue;
    std::vector<double> observed;
    for (std::size_t t = 0; t < scan.cube.threshold_count(); ++t) observed.push_back(scan.cube.counts_at(t)[pixel]);
    const auto minimum = likelihood_minimum(
        {typical.model, scan.cube.threshold, observed, live_time_s, test::drawn_background}, scan.truth[pixel]);
    // The numeric Jacobian's error of some 1e-10 leaves the independent minimum that far off; a parameter off by x
    // standard deviations raises chi2 by x^2.
    CAPTURE(pixel);
    REQUIRE(fits.chi2[pixel] == Approx(minimum.chi2).margin(1e-5));
    for (std::size_t k = 0; k < typical.names.size(); ++k) {
      const double value = fits.parameters[k].value[pixel];
      const double error = fits.parameters[k].error[pixel];
      CAPTURE(typical.names[k], value, error);
      REQUIRE(std::abs(value - minimum.parameters[k]) < 1e-3 * error);
      pulls[k].add((value - scan.truth[pixel][k]) / error);
    }
  }
  for (std::size_t k = 0; k < typical.names.size(); ++k) {
    CAPTURE(typical.names[k], pulls[k].mean(), pulls[k].deviation());
    CHECK(std::abs(pulls[k].mean()) < 4.0 / std::sqrt(pulls[k].size()));
    CHECK(std::abs(pulls[k].deviation() - 1.0) < 4.0 / std::sqrt(2.0 * pulls[k].size()));
  }
}

}  // namespace velocal::models_fit_test
