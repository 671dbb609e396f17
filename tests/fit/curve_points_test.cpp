// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/curve_points.hpp"

#include <catch2/catch.hpp>

#include "drawn_scan.hpp"
#include "support/reference_analysis.hpp"
#include "support/statistics.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::curve_points_test {

namespace {

using Numbers = std::vector<double>;

Numbers numbers(std::span<const double> values) {
  return {values.begin(), values.end()};
}

/// Thresholds 1500...1506 with zeros at both ends and within; 1502 has no live time.
FluxCube small_cube() {
  FluxCube cube = test::masked_cube(test::threshold_range(1500, 1506), 10.0);
  cube.live_time_s[2] = 0.0;
  cube.live_time_s[4] = 20.0;
  test::set_pixel(cube, 300, std::vector<std::uint32_t>{0, 7, 0, 0, 9, 4, 0});
  test::set_pixel(cube, 301, std::vector<std::uint32_t>(7, 0));
  test::set_pixel(cube, 302, std::vector<std::uint32_t>{0, 0, 0, 0, 0, 0, 1});
  test::set_pixel(cube, 303, std::vector<std::uint32_t>{0, 0, 0, 0, 9, 4, 0});
  return cube;
}

/// The points of the cube's pixels as the settings' statistic takes them.
class Points {
 public:
  Points(const FluxCube& cube, const FitSettings& settings, BaselineMode mode = BaselineMode::after)
      : pixels_(cube, PixelGroup::all, mode),
        points_(pixels_.curves(), test::statistic(settings.statistic), settings.max_zero_fraction) {}
  CurvePoints* operator->() { return &points_; }

 private:
  ChipCurves pixels_;
  CurvePoints points_;
};

const FluxModel& model() {
  return ModelRegistry::instance().get("F1_0");
}

}  // namespace

TEST_CASE("poisson: counts and live times of every threshold with live time, zeros too") {
  const FluxCube cube = small_cube();
  const FitSettings settings = test::poisson_settings();
  Points points(cube, settings);
  CHECK(points->max_points() == 6);
  REQUIRE(points->load(300) == StatusReason::none);
  const FitProblem problem = points->problem(model(), 3e-6);
  CHECK(problem.statistic.name() == "poisson");
  CHECK(problem.background == 3e-6);
  CHECK(numbers(problem.threshold) == Numbers{1500, 1501, 1503, 1504, 1505, 1506});
  CHECK(numbers(problem.observed) == Numbers{0, 7, 0, 9, 4, 0});
  CHECK(numbers(problem.scale) == Numbers{10, 10, 10, 20, 10, 10});
}

TEST_CASE("poisson: one hit is enough, none is not") {
  const FluxCube cube = small_cube();
  FitSettings settings = test::poisson_settings();
  settings.max_zero_fraction = 0.1;  // neyman only
  Points points(cube, settings);
  CHECK(points->load(301) == StatusReason::no_hits);
  CHECK(points->load(302) == StatusReason::none);
  CHECK(points->problem(model(), 0.0).points() == 6);
}

TEST_CASE("the shift is taken off each threshold, and one pixel leaves nothing behind for the next") {
  FluxCube cube = small_cube();
  cube.baseline.emplace();
  cube.baseline->mean[300] = 1300.0;
  cube.baseline->mean[303] = 1400.25;
  FitSettings settings = test::reference_settings();
  settings.statistic = GENERATE(as<std::string>{}, "poisson", "neyman");
  settings.max_zero_fraction = 1.0;
  Points points(cube, settings, BaselineMode::before);
  points->load(300);
  REQUIRE(points->load(303) == StatusReason::none);
  CHECK(points->scan_begin() == 99.75);
  CHECK(points->scan_end() == 105.75);
  const Numbers threshold = numbers(points->problem(model(), 0.0).threshold);
  if (settings.statistic == "poisson") {
    CHECK(threshold == Numbers{99.75, 100.75, 102.75, 103.75, 104.75, 105.75});
  } else {
    CHECK(threshold == Numbers{103.75, 104.75});
  }
}

TEST_CASE("neyman: flux and 1/uncertainty between the outermost counts, where there is live time") {
  FluxCube cube = small_cube();
  test::set_pixel(cube, 300, std::vector<std::uint32_t>{0, 4, 0, 1, 9, 4, 0});
  const FitSettings settings = test::reference_settings();
  Points points(cube, settings);
  CHECK(points->max_points() == 6);
  REQUIRE(points->load(300) == StatusReason::none);
  const FitProblem problem = points->problem(model(), 0.0);
  CHECK(problem.statistic.name() == "neyman");
  CHECK(numbers(problem.threshold) == Numbers{1501, 1503, 1504, 1505});
  CHECK(numbers(problem.observed) == Numbers{4.0 / 10.0, 1.0 / 10.0, 9.0 / 20.0, 4.0 / 10.0});
  CHECK(numbers(problem.scale) == Numbers{10.0 / 2.0, 10.0, 20.0 / 3.0, 10.0 / 2.0});
}

TEST_CASE("a scan without any live time has no points") {
  FluxCube cube = small_cube();
  cube.live_time_s.assign(7, 0.0);
  FitSettings settings = test::reference_settings();
  settings.statistic = GENERATE(as<std::string>{}, "poisson", "neyman");
  Points points(cube, settings);
  CHECK(points->max_points() == 0);
  CHECK(points->load(300) == StatusReason::no_hits);
}

}  // namespace velocal::curve_points_test
