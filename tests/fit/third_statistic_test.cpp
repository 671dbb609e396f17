// SPDX-License-Identifier: GPL-3.0-or-later
// A statistic is one type in one file: here Pearson's chi-square, which weighs with the expected counts.
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <memory>

#include "drawn_scan.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/fit/curves/fit_curves.hpp"
#include "velocal/fit/minimise/minimiser.hpp"
#include "velocal/fit/problem/statistic_of.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::third_statistic_test {

namespace {

/// The sum of (N - mu)^2/mu with mu = L (F + background): observed = N counts, scale = L.
struct Pearson {
  static constexpr std::string_view name = "pearson";
  static constexpr StatisticTraits traits{.background = true};

  static StatusReason select(const CurveCounts& curve, SelectedPoints& points) {
    points.threshold.assign(curve.threshold.begin(), curve.threshold.end());
    points.observed.assign(curve.counts.begin(), curve.counts.end());
    points.scale.assign(curve.live_time_s.begin(), curve.live_time_s.end());
    return StatusReason::none;
  }
  static double mu(const FitProblem& problem, std::size_t i, double flux) {
    return problem.scale[i] * (flux + problem.background);
  }
  static double rate(const FitProblem& problem, std::size_t i) {
    return problem.observed[i] / problem.scale[i] - problem.background;
  }
  static double term(const FitProblem& problem, std::size_t i, double flux) {
    const double residual = Pearson::residual(problem, i, flux).value;
    return residual * residual;
  }
  static double information(const FitProblem& problem, std::size_t i, double flux) {
    return problem.scale[i] / (flux + problem.background);
  }
  static double deviation(const FitProblem& problem, std::size_t i, double flux) {
    const double expected = mu(problem, i, flux);
    return (problem.observed[i] - expected) * (problem.observed[i] + expected) / (2.0 * expected * problem.scale[i]);
  }
  static Residual residual(const FitProblem& problem, std::size_t i, double flux) {
    const double expected = mu(problem, i, flux);
    if (!(expected > 0.0)) return {std::numeric_limits<double>::infinity(), 0.0};
    const double value = (expected - problem.observed[i]) / std::sqrt(expected);
    const double slope = 0.5 * problem.scale[i] * (expected + problem.observed[i]) / std::pow(expected, 1.5);
    return {value, slope};
  }
  static double flux_error(double, double live_time_s, double fitted) { return std::sqrt(fitted / live_time_s); }
};

}  // namespace

TEST_CASE("a third statistic fits curves with every engine: its minimum is that of its own chi2") {
  auto& registry = StatisticRegistry::instance();
  registry.add(std::make_unique<StatisticOf<Pearson>>());
  CHECK(registry.names() == std::vector<std::string>{"neyman", "pearson", "poisson"});
  CHECK_THROWS_WITH(registry.add(std::make_unique<StatisticOf<Pearson>>()),
                    Catch::StartsWith("there is a statistic \"pearson\" already"));
  CHECK_THROWS_AS(registry.add(nullptr), UsageError);

  // Many counts, where all statistics have one minimum but for some 1/counts of its error.
  constexpr std::size_t pixels = 20;
  const test::DrawnScan scan = test::draw_scan(pixels, 2e5, 12);
  const std::vector<double> threshold(scan.cube.threshold.begin(), scan.cube.threshold.end());
  Curves curves{threshold, counts_by_threshold(scan.cube.counts, threshold.size()), scan.cube.live_time_s};
  curves.counts.curves = pixels;
  const FluxModel& model = ModelRegistry::instance().get("F1_0");
  CurveSettings settings{.significance = 1e-6, .background = test::drawn_background};
  const CurveFits poisson = fit_curves(curves, model, settings);
  settings.statistic = "pearson";
  settings.engine = "gsl";
  const CurveFits pearson = fit_curves(curves, model, settings);
  for (const std::string_view engine : minimiser_names()) {
    settings.engine = engine;
    const CurveFits fits = fit_curves(curves, model, settings);
    for (std::size_t i = 0; i < pixels; ++i) {
      CAPTURE(engine, i);
      REQUIRE(fits.status[i] == PixelStatus::good);
      const CurveParameter& line = fits.parameter("E0");
      CHECK(std::abs(line.value[i] - poisson.parameter("E0").value[i]) < 0.5 * line.error[i]);
      CHECK(line.error[i] == Approx(poisson.parameter("E0").error[i]).epsilon(0.02));
      CHECK(std::abs(line.value[i] - scan.truth[i][3]) < 5.0 * line.error[i]);
      // One minimum for all engines, within what they promise of it.
      CHECK(std::abs(line.value[i] - pearson.parameter("E0").value[i]) < 1e-4 * line.error[i]);
      CHECK(fits.chi2[i] == Approx(pearson.chi2[i]).epsilon(1e-9));
    }
  }
}

}  // namespace velocal::third_statistic_test
