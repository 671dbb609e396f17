// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>
#include <random>

#include "drawn_scan.hpp"
#include "independent_minimiser.hpp"
#include "likelihood_formula.hpp"
#include "velocal/fit/curves/fit_curves.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::profile_errors_test {

namespace {

/// Curves of one truth of F1_0: f, A, s, E0.
struct DrawnCurves {
  DrawnCurves(std::size_t curves, double seconds) : live_time_s(seconds), live_times(121, seconds) {
    std::mt19937_64 random(1938);
    for (int at = 1480; at <= 1600; ++at) threshold.push_back(at);
    const std::vector<long double> parameters(truth.begin(), truth.end());
    for (std::size_t curve = 0; curve < curves; ++curve) {
      for (const double at : threshold) {
        const auto flux = static_cast<double>(test::formula("F1_0", parameters, at));
        counts.push_back(
            std::poisson_distribution<std::uint32_t>(live_time_s * (flux + test::drawn_background))(random));
      }
    }
  }

  CurveFits fit(Errors errors, Covariance covariance = Covariance::absolute) const {
    const Curves curves{threshold, counts_by_curve(counts, threshold.size()), live_times, {}, {}};
    CurveSettings settings{.covariance = covariance, .errors = errors};
    settings.background = test::drawn_background;
    return fit_curves(curves, ModelRegistry::instance().get("F1_0"), settings);
  }

  /// The least likelihood chi-square of a curve with E0 held, by an independent minimiser of the formula.
  double least_chi2(std::size_t curve, double line) const {
    const auto residual = [&](const std::vector<long double>& free, std::size_t i) -> long double {
      const std::vector<long double> all{free[0], free[1], free[2], line};
      const long double mu =
          live_time_s * (test::formula("F1_0", all, threshold[i]) + static_cast<long double>(test::drawn_background));
      return mu > 0.0L ? test::deviance_residual(mu, counts[curve * threshold.size() + i]) : 1e30L;
    };
    const std::vector<double> start(truth.begin(), truth.end() - 1);
    return test::independent_minimum(threshold.size(), start, residual).chi2;
  }

  std::vector<double> truth{0.0009, 8.0, 5.0, 1548.0};
  double live_time_s;
  std::vector<double> threshold, live_times;
  std::vector<std::uint32_t> counts;
};

}  // namespace

TEST_CASE("errors: profile, chi2 is one above its minimum at both ends, as an independent minimiser says") {
  const DrawnCurves drawn(40, 40.0);
  const CurveFits fits = drawn.fit(Errors::profile);
  const CurveParameter& line = fits.parameter("E0");
  std::size_t compared = 0;
  for (std::size_t curve = 0; curve < 40; ++curve) {
    // With no shelf the fit holds f at 0, which this minimiser does not.
    if (fits.status[curve] != PixelStatus::good || fits.parameter("f").value[curve] < 2e-4) continue;
    CAPTURE(curve, line.value[curve], line.error_low[curve], line.error_high[curve]);
    // Ends are known to 0.3 % of the error, hence the rise to 0.6 %.
    CHECK(drawn.least_chi2(curve, line.value[curve] - line.error_low[curve]) - fits.chi2[curve] ==
          Approx(1.0).margin(0.01));
    CHECK(drawn.least_chi2(curve, line.value[curve] + line.error_high[curve]) - fits.chi2[curve] ==
          Approx(1.0).margin(0.01));
    CHECK(line.error[curve] == Approx(0.5 * (line.error_low[curve] + line.error_high[curve])));
    ++compared;
  }
  CHECK(compared > 20);
}

TEST_CASE("errors: profile, at many counts both ends are as far as the covariance says, times chi2/ndf if asked") {
  const Covariance covariance = GENERATE(Covariance::absolute, Covariance::scaled);
  const DrawnCurves drawn(20, 2e5);
  const CurveFits plain = drawn.fit(Errors::hessian, covariance), fits = drawn.fit(Errors::profile, covariance);
  const CurveParameter &expected = plain.parameter("E0"), &line = fits.parameter("E0");
  CHECK(expected.error_low.empty());
  CHECK(plain.status == fits.status);
  for (std::size_t curve = 0; curve < 20; ++curve) {
    if (fits.status[curve] != PixelStatus::good) continue;
    CHECK(line.value[curve] == expected.value[curve]);
    // 1e5 counts a threshold: the profile is a parabola to 1e-3.
    CHECK(line.error_low[curve] == Approx(expected.error[curve]).epsilon(0.01));
    CHECK(line.error_high[curve] == Approx(expected.error[curve]).epsilon(0.01));
  }
}

TEST_CASE("errors: profile, at few counts pulls are standard normal and cover what they say", "[thorough]") {
  const DrawnCurves drawn(4000, 20.0);
  const CurveFits fits = drawn.fit(Errors::profile);
  const CurveParameter& line = fits.parameter("E0");
  test::Sample pulls;
  double covered = 0.0;
  for (std::size_t curve = 0; curve < 4000; ++curve) {
    if (fits.status[curve] != PixelStatus::good) continue;
    const double off = line.value[curve] - drawn.truth.back();
    const double pull = off / (off > 0.0 ? line.error_low[curve] : line.error_high[curve]);
    pulls.add(pull);
    covered += std::abs(pull) < 1.96 ? 1.0 : 0.0;
  }
  const double good = pulls.size(), coverage = covered / good;
  std::cout << "errors: profile at 20 s: pulls " << pulls.mean() << " +- " << pulls.deviation() << ", 95 % cover "
            << coverage << ", " << good << " of 4000 good\n";
  CHECK(good > 3600);
  CHECK(std::abs(pulls.mean()) < 0.08);  // 0.016 by chance
  CHECK(pulls.deviation() == Approx(1.0).margin(0.05));
  CHECK(coverage == Approx(0.95).margin(0.015));  // 0.0035 by chance
}

TEST_CASE("errors: profile needs a line") {
  struct Flat final : FluxModel {
    std::string_view name() const override { return "flat"; }
    std::span<const ModelParameter> parameters() const override {
      static const std::array<ModelParameter, 1> all{{{"R", "hits/s", 0.0, 1e9}}};
      return all;
    }
    void flux(std::span<const double> parameters, std::span<const double>, std::span<double> flux) const override {
      std::ranges::fill(flux, parameters[0]);
    }
    void flux_and_gradient(std::span<const double> parameters, std::span<const double>, std::span<double> flux,
                           std::span<double> gradient) const override {
      std::ranges::fill(flux, parameters[0]);
      std::ranges::fill(gradient, 1.0);
    }
    void start_values(const LineShape&, std::span<double> parameters) const override { parameters[0] = 1.0; }
  };
  const std::vector<double> threshold{1.0, 2.0, 3.0}, live_time{1.0, 1.0, 1.0};
  const std::vector<std::uint32_t> counts{5, 6, 7};
  const Curves curves{threshold, counts_by_curve(counts, 3), live_time, {}, {}};
  CHECK_THROWS_WITH(fit_curves(curves, Flat(), {.errors = Errors::profile}), Catch::Contains("has no line E0"));
}

}  // namespace velocal::profile_errors_test
