// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <catch2/catch.hpp>

#include "drawn_scan.hpp"
#include "one_pixel.hpp"
#include "velocal/fit/minimise/minimiser.hpp"
#include "velocal/model/formula_model.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::status_test {
using namespace velocal::test;

namespace {

/// A flux A that does not depend on E0.
struct Undetermined {
  static constexpr std::string_view name = "test_undetermined";
  static constexpr std::array<ModelParameter, 2> parameters{{{"A", "hits/s", 0.0, 1e9}, {"E0", "DAC", 0.0, 1e9}}};
  template <class Real>
  static Real at(Real threshold, const double* values, Real* gradient) {
    gradient[0] = threshold * 0.0 + 1.0;
    gradient[1] = threshold * 0.0;
    return threshold * 0.0 + values[0];
  }
  static std::array<double, 2> start(const LineShape& shape) { return {shape.step, shape.line}; }
};

/// A flux that is infinite, or none, wherever one is.
struct Astray {
  static constexpr std::string_view name = "test_astray";
  static constexpr std::array<ModelParameter, 2> parameters{{{"A", "hits/s", 0.0, 1e9}, {"E0", "DAC", 0.0, 1e9}}};
  template <class Real>
  static Real at(Real threshold, const double* values, Real* gradient) {
    gradient[0] = (threshold - values[1]) * 1e300;
    gradient[1] = threshold * 0.0 - values[0] * 1e300;
    return (threshold - values[1]) * (values[0] * 1e300);
  }
  static std::array<double, 2> start(const LineShape& shape) { return {1.0, shape.line}; }
};

/// The name under which the model of that formula stands in the registry.
template <class Formula>
std::string registered() {
  static const bool added = [] {
    ModelRegistry::instance().add(std::make_unique<FormulaModel<Formula>>());
    return true;
  }();
  REQUIRE(added);
  return std::string(Formula::name);
}

}  // namespace

TEST_CASE("good: the counts are the model's") {
  Setup setup;
  setup.options.engine = GENERATE(from_range(minimiser_names()));
  const Outcome outcome = setup.fit(full_range, counts_of(full_range, truth));
  CHECK(is(outcome, PixelStatus::good, StatusReason::none));
}

TEST_CASE("bad: counts that scatter more than Poisson numbers do") {
  Setup setup;
  setup.options.engine = GENERATE(from_range(minimiser_names()));
  auto counts = counts_of(full_range, truth);
  for (std::size_t t = 0; t < 60; ++t)
    counts[t] += (t % 2 == 0 ? 1u : -1u) * static_cast<std::uint32_t>(2 * std::sqrt(counts[t]));
  const Outcome outcome = setup.fit(full_range, counts);
  CHECK(is(outcome, PixelStatus::bad, StatusReason::goodness_of_fit));
  CHECK(std::isnan(outcome.fit.pixels.find("E0")->value[775]));
  CHECK(std::isnan(outcome.fit.pixels.find("E0")->error[775]));
  CHECK(outcome.fit.pixels.chi2[775] > 200.0);  // 60 points 2 sigma off, the fit takes some back
  CHECK(outcome.fit.pixels.ndf[775] > 60);
}

TEST_CASE("bad: a minimum at a negative parameter") {
  // The flux rises towards the line: a negative shelf describes it perfectly.
  Setup setup;
  setup.options.engine = GENERATE(from_range(minimiser_names()));
  const Outcome outcome = setup.fit(full_range, counts_of(full_range, {-3e-4, 10.0, 4.5, 1548.0}));
  CHECK(is(outcome, PixelStatus::bad, StatusReason::parameter_domain));
  CHECK(outcome.fit.pixels.chi2[775] < 10.0);
}

TEST_CASE("bad: a line beyond the end of the scan") {
  Setup setup;
  setup.options.engine = GENERATE(from_range(minimiser_names()));
  FluxCube cube = masked_cube(threshold_range(1480, 1546), 1e8);
  set_pixel(cube, 775, rounded(expected_counts(cube, "F1_0", truth)));
  CHECK(is(setup.fit(cube), PixelStatus::bad, StatusReason::parameter_domain));
}

TEST_CASE("bad: a broad fall whose line is known to a seventh of the scan and worse") {
  Setup setup;
  setup.settings = poisson_settings();
  setup.settings.background = 2e-6;
  const auto thresholds = threshold_range(1480, 1530);
  auto expected = expected_counts(masked_cube(thresholds, 262.0), "F1_0", {0.01, 10.0, 10.0, 1505.0});
  const double scale = 100.0 / expected.front();
  for (double& counts : expected) counts *= scale;
  CHECK(is(setup.fit(thresholds, rounded(expected)), PixelStatus::bad, StatusReason::undetermined));
}

TEST_CASE("not found: fewer points than parameters") {
  Setup setup;
  const Outcome outcome = setup.fit({1540, 1545, 1550}, {80, 70, 30});
  CHECK(is(outcome, PixelStatus::not_found, StatusReason::too_few_points));
}

TEST_CASE("as many points as parameters: nothing is left to test, so the pixel is not good") {
  Setup setup;
  FluxCube cube = masked_cube({1530, 1545, 1550, 1555}, 1e6);
  set_pixel(cube, 775, rounded(expected_counts(cube, "F1_0", truth)));
  setup.scan.initial = {{"f", 4e-4}, {"A", 10.0}, {"s", 4.5}, {"E0", 1548.0}};
  const Outcome outcome = setup.fit(cube);
  CHECK(outcome.status != PixelStatus::good);
  CHECK(std::isnan(outcome.fit.pixels.find("E0")->value[775]));
}

TEST_CASE("not found: the minimiser gives up") {
  Setup setup;
  setup.options.engine = GENERATE(from_range(minimiser_names()));
  setup.settings.model = registered<Astray>();
  setup.scan.initial = {{"A", 1.0}, {"E0", 1550.0}};
  const Outcome outcome = setup.fit(full_range, counts_of(full_range, truth));
  CHECK(is(outcome, PixelStatus::not_found, StatusReason::no_convergence));
}

TEST_CASE("start values that lead nowhere, or into a wrong minimum, cost no pixel: its own points give others") {
  Setup setup;
  setup.options.engine = GENERATE(from_range(minimiser_names()));
  const auto counts = counts_of(full_range, truth);
  setup.settings.start = StartValues::automatic;
  const Outcome expected = setup.fit(full_range, counts);
  setup.settings.start = StartValues::descriptor;
  // X^2 is infinite at that A; E0 far above the scan ends in a straight line.
  const auto& [index, value] = GENERATE(std::pair(1, 1e300), std::pair(3, 3000.0));
  setup.scan.initial[static_cast<std::size_t>(index)].second = value;
  const Outcome outcome = setup.fit(full_range, counts);
  CAPTURE(setup.options.engine, value);
  CHECK(is(outcome, PixelStatus::good, StatusReason::none));
  const auto line = [](const Outcome& of) { return of.fit.pixels.find("E0")->value[775]; };
  CHECK(line(outcome) == Approx(line(expected)).epsilon(1e-12));
}

TEST_CASE("not found: the points do not determine all parameters") {
  Setup setup;
  setup.options.engine = GENERATE(from_range(minimiser_names()));
  setup.settings.model = registered<Undetermined>();
  setup.scan.initial = {{"A", 1.0}, {"E0", 1550.0}};
  const Outcome outcome = setup.fit(full_range, std::vector<std::uint32_t>(121, 100));
  // A minimiser may notice by itself that there is no minimum to be found.
  const bool gsl = setup.options.engine == "gsl";
  CHECK(outcome.status == PixelStatus::not_found);
  CHECK((outcome.reason == StatusReason::singular_covariance ||
         (!gsl && outcome.reason == StatusReason::no_convergence)));
}

TEST_CASE("cut: masked, outside the group, without the baseline that the fit needs") {
  Setup setup;
  FluxCube cube = masked_cube(full_range, 262.0);
  const auto counts = counts_of(full_range, truth);
  const std::size_t even = Pixel{10, 10}.index();
  const std::size_t odd = Pixel{10, 11}.index();
  set_pixel(cube, even, counts);
  set_pixel(cube, odd, counts);
  CHECK(is(setup.fit(cube, 775), PixelStatus::cut, StatusReason::masked));

  setup.options.group = PixelGroup::even;
  CHECK(is(setup.fit(cube, even), PixelStatus::good, StatusReason::none));
  CHECK(is(setup.fit(cube, odd), PixelStatus::cut, StatusReason::outside_group));

  setup.options.group = PixelGroup::all;
  cube.baseline.emplace();
  cube.baseline->mean[even] = 1425.0;
  CHECK(is(setup.fit(cube, odd), PixelStatus::good, StatusReason::none));
  setup.settings.baseline = GENERATE(BaselineMode::before, BaselineMode::aligned);
  setup.scan.initial_baseline = {{"f", 0.0009}, {"A", 8.0}, {"s", 12.0}, {"E0", 125.0}};
  CHECK(is(setup.fit(cube, even), PixelStatus::good, StatusReason::none));
  CHECK(is(setup.fit(cube, odd), PixelStatus::cut, StatusReason::no_baseline));
}

TEST_CASE("each reason has a name, all different") {
  for (std::size_t i = 0; i < status_reason_names.size(); ++i) {
    CHECK_FALSE(status_reason_names[i].empty());
    CHECK(std::ranges::count(status_reason_names, status_reason_names[i]) == 1);
  }
  CHECK(status_reason_names.size() == static_cast<std::size_t>(StatusReason::saturated) + 1);
}

}  // namespace velocal::status_test
