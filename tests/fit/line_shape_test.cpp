// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/line_shape.hpp"

#include <catch2/catch.hpp>

#include "drawn_scan.hpp"
#include "support/model_formulas.hpp"
#include "support/reference_analysis.hpp"
#include "support/statistics.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::line_shape_test {

namespace {

/// A curve as either statistic has it, and what the estimate makes of it.
struct Curve {
  std::vector<double> threshold;
  std::vector<double> flux;

  LineShape shape(const std::string& statistic, double live_time_s = 100.0, double background = 2e-6) const {
    std::vector<double> observed = flux;
    if (statistic == "poisson") {
      for (double& value : observed) value = live_time_s * (value + background);
    }
    const std::vector<double> scale(flux.size(), live_time_s);
    return estimate_line_shape(
        {ModelRegistry::instance().get("F1_0"), test::statistic(statistic), threshold, observed, scale, background});
  }
};

Curve curve_of(const std::vector<double>& parameters, double from, double to, double step) {
  const std::vector<long double> exact(parameters.begin(), parameters.end());
  Curve curve;
  for (double threshold = from; threshold <= to; threshold += step) {
    curve.threshold.push_back(threshold);
    curve.flux.push_back(static_cast<double>(test::formula("F1_0", exact, threshold)));
  }
  return curve;
}

}  // namespace

TEST_CASE("line, width, step and slope of an exact curve") {
  const double s = GENERATE(3.0, 4.5, 6.0), line = GENERATE(1530.0, 1548.3, 1565.0), f = GENERATE(1e-5, 4e-4);
  const auto statistic = GENERATE(as<std::string>{}, "neyman", "poisson");
  CAPTURE(s, line, f);
  const Curve curve = curve_of({f, 10.0, s, line}, 1480.0, 1600.0, 1.0);
  const LineShape shape = curve.shape(statistic);
  // Mathematics: far below the line F = f A |d| + (1 - f) A/(sqrt(2 pi) s), which the estimate takes apart; what the
  // smearing of the shelf adds near the line is left to the fit: a tenth of the width.
  const double step = (1.0 - f) * 10.0 / (std::sqrt(2.0 * M_PI) * s);
  CHECK(shape.line == Approx(line).margin(0.1 * s));
  CHECK(shape.width == Approx(s).epsilon(0.1));
  CHECK(shape.step == Approx(step).epsilon(0.02));
  CHECK(shape.slope == Approx(f * 10.0).epsilon(0.05).margin(2e-4));
}

TEST_CASE("coarse and uneven thresholds give the same shape") {
  Curve curve = curve_of({4e-4, 10.0, 4.5, 1548.3}, 1480.0, 1600.0, 3.0);
  CHECK(curve.shape("poisson").line == Approx(1548.3).margin(0.5));
  CHECK(curve.shape("poisson").width == Approx(4.5).epsilon(0.1));
  curve = curve_of({4e-4, 10.0, 4.5, 1548.3}, 1480.0, 1600.0, 1.0);
  for (const std::ptrdiff_t dead : {70, 64, 50, 49, 12, 0}) {
    curve.threshold.erase(curve.threshold.begin() + dead);
    curve.flux.erase(curve.flux.begin() + dead);
  }
  CHECK(curve.shape("poisson").line == Approx(1548.3).margin(0.5));
  CHECK(curve.shape("poisson").width == Approx(4.5).epsilon(0.1));
}

TEST_CASE("whatever the points, the start values are within every model's domain") {
  const auto thresholds = [](int from, int to) {
    const auto whole = test::threshold_range(from, to);
    return std::vector<double>(whole.begin(), whole.end());
  };
  std::vector<Curve> odd{{{1548.0}, {0.01}},                                        // a single point
                         {{1548.0, 1549.0}, {0.0, 0.01}},                           // two
                         {thresholds(1480, 1600), std::vector<double>(121, 0.0)},   // nothing
                         {thresholds(1480, 1600), std::vector<double>(121, 1.0)},   // no line at all
                         curve_of({4e-4, 10.0, 4.5, 1548.0}, 1480.0, 1530.0, 1.0),  // the scan ends before the line
                         curve_of({4e-4, 10.0, 4.5, 1548.0}, 1550.0, 1600.0, 1.0),  // it begins after it
                         curve_of({4e-4, 1e-6, 4.5, 1548.0}, 1480.0, 1600.0, 1.0),  // hardly any flux
                         curve_of({4e-4, 1e9, 4.5, 1548.0}, 1480.0, 1600.0, 1.0)};
  for (const std::size_t only : {0u, 60u, 120u}) {
    odd.push_back({thresholds(1480, 1600), std::vector<double>(121, 0.0)});
    odd.back().flux[only] = 0.01;  // one hit
  }
  odd.push_back(curve_of({4e-4, 10.0, 4.5, 1548.0}, 1480.0, 1600.0, 1.0));
  std::ranges::reverse(odd.back().flux);  // a flux that rises
  for (std::size_t i = 0; i < odd.size(); ++i) {
    for (const std::string statistic : {"neyman", "poisson"}) {
      // A background above the flux itself: rates below 0.
      for (const double background : {0.0, 2e-6, 0.5}) {
        const LineShape shape = odd[i].shape(statistic, 100.0, background);
        CAPTURE(i, statistic, background, shape.line, shape.width, shape.step, shape.slope);
        CHECK((shape.line >= odd[i].threshold.front() - 0.5 && shape.line <= odd[i].threshold.back() + 0.5));
        CHECK((shape.width > 0.0 && shape.step > 0.0 && shape.slope > 0.0));
        for (const auto& typical : test::typical_parameters()) {
          const FluxModel& model = ModelRegistry::instance().get(typical.model);
          std::vector<double> start(typical.names.size());
          model.start_values(shape, start);
          for (std::size_t k = 0; k < start.size(); ++k) {
            const ModelParameter& parameter = model.parameters()[k];
            CAPTURE(typical.model, parameter.name, start[k]);
            CHECK((parameter.lower < start[k] && start[k] < parameter.upper));
          }
        }
      }
    }
  }
}

TEST_CASE("start: auto, every true pixel's fit ends in a minimum, after a few evaluations", "[thorough]") {
  // Regression: mean evaluations as measured, with a tenth to spare. At few counts the likelihood is far from
  // quadratic.
  struct Exposure {
    double live_time_s;
    double most_evaluations;
  };
  const auto exposure = GENERATE(values<Exposure>({{20.0, 14.1}, {33.0, 10.0}, {130.0, 6.7}, {260.0, 6.2}}));
  const test::DrawnScan scan = test::draw_scan(12000, exposure.live_time_s, 17);
  const PixelFits fits =
      fit_scan(scan.cube, test::one_line_scan(), test::poisson_settings(), {PixelGroup::all, "fast"}).pixels;
  CAPTURE(exposure.live_time_s, fits.mean_evaluations);
  CHECK(count_statuses(fits).not_found == 0);
  CHECK(fits.mean_evaluations < exposure.most_evaluations);
  std::size_t unresolved = 0;
  for (std::size_t pixel = 0; pixel < scan.truth.size(); ++pixel) {
    if (fits.reason[pixel] == static_cast<std::uint8_t>(StatusReason::width_unresolved)) ++unresolved;
  }
  CAPTURE(unresolved);
  CHECK(unresolved < (exposure.live_time_s < 100.0 ? 240u : 1u));
}

TEST_CASE("start: auto serves every model: true pixels of many counts end in a minimum") {
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  CAPTURE(typical.model);
  std::mt19937_64 random(1984);
  FluxCube cube = test::masked_cube(test::threshold_range(1480, 1600), 1e5);
  auto expected = test::expected_counts(cube, typical.model, typical.values);
  for (double& mean : expected) mean = std::max(mean, 0.0) + 1e5 * test::drawn_background;
  for (std::size_t pixel = 0; pixel < 300; ++pixel) test::set_pixel(cube, pixel, test::drawn(expected, random));
  FitSettings settings = test::poisson_settings();
  settings.model = typical.model;
  const PixelFits fits = fit_scan(cube, test::one_line_scan(), settings, {PixelGroup::all, "fast"}).pixels;
  CHECK(count_statuses(fits).not_found == 0);
}

}  // namespace velocal::line_shape_test
