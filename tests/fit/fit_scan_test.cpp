// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/fit_scan.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "support/pixel_cube.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/core/error.hpp"
#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal::fit_scan_test {

namespace {

/// 300 drawn pixels, 2600 s a threshold: some good, some bad, some not found. Neighbours in a row, so that all groups
/// have some. Baselines around 1425, not whole; every tenth pixel has none.
FluxCube drawn_cube() {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<> uniform(-1.0, 1.0);
  FluxCube cube = test::masked_cube(test::threshold_range(1480, 1565), 2600.0);
  cube.baseline.emplace();
  for (std::size_t i = 0; i < 300; ++i) {
    const std::size_t pixel = Pixel{14 + static_cast<int>(i / 100), 100 + static_cast<int>(i % 100)}.index();
    const std::vector<double> truth{4e-4, 10.0, 4.5 + 0.5 * uniform(random), 1548.0 + 4.0 * uniform(random)};
    test::set_pixel(cube, pixel, test::drawn(test::expected_counts(cube, "F1_0", truth), random));
    cube.baseline->mean[pixel] = i % 10 == 9 ? 0.0 : 1425.0 + 3.0 * uniform(random);
    cube.baseline->width[pixel] = 5.5;
  }
  test::set_asic_curve(cube);
  return cube;
}

ScanSettings scan_settings() {
  ScanSettings scan = test::one_line_scan();
  scan.initial = {{"f", 0.0009}, {"A", 8.0}, {"s", 12.0}, {"E0", 1551.0}};
  scan.initial_baseline = {{"f", 0.0009}, {"A", 8.0}, {"s", 12.0}, {"E0", 125.0}};
  return scan;
}

PixelFits fit(const FluxCube& cube, BaselineMode mode = BaselineMode::after, const FitOptions& options = {}) {
  FitSettings settings = test::reference_settings();
  settings.baseline = mode;
  return fit_scan(cube, scan_settings(), settings, options).pixels;
}

bool same(const PixelMatrix<double>& a, const PixelMatrix<double>& b) {
  return std::memcmp(a.data(), b.data(), pixel_count * sizeof(double)) == 0;  // NaN is NaN
}

void check_same(const PixelFits& a, const PixelFits& b) {
  CHECK(a.status == b.status);
  CHECK(a.reason == b.reason);
  CHECK(a.ndf == b.ndf);
  CHECK(same(a.chi2, b.chi2));
  for (std::size_t k = 0; k < a.parameters.size(); ++k) {
    CHECK(same(a.parameters[k].value, b.parameters[k].value));
    CHECK(same(a.parameters[k].error, b.parameters[k].error));
  }
}

/// The cube without its threshold at that index.
FluxCube without(FluxCube cube, std::ptrdiff_t t) {
  const auto cut = [](auto& values, std::ptrdiff_t from, std::ptrdiff_t count) {
    values.erase(values.begin() + from, values.begin() + from + count);
  };
  constexpr auto image = static_cast<std::ptrdiff_t>(pixel_count);
  cut(cube.threshold, t, 1);
  cut(cube.counts, t * image, image);
  cut(cube.live_time_s, t, 1);
  cut(cube.acquisitions, t, 1);
  for (FluxCurve& curve : cube.asic) {
    for (auto* values : {&curve.threshold, &curve.flux, &curve.error}) cut(*values, t, 1);
  }
  return cube;
}

}  // namespace

TEST_CASE("the result does not depend on the number of threads, to the last bit") {
  const FluxCube cube = drawn_cube();
  const std::string engine(GENERATE(from_range(minimiser_names())));
  const PixelFits one = fit(cube, BaselineMode::after, {PixelGroup::all, engine, 1});
  CHECK(count_statuses(one).good > 100);
  check_same(fit(cube, BaselineMode::after, {PixelGroup::all, engine, 2}), one);
  check_same(fit(cube, BaselineMode::after, {PixelGroup::all, engine, 7}), one);
}

TEST_CASE("only good pixels carry values - chi2 and ndf stand where a fit converged") {
  const FluxCube cube = drawn_cube();
  const PixelFits fits = fit(cube);
  const StatusCounts counts = count_statuses(fits);
  CHECK(counts.good + counts.bad + counts.not_found == 300);
  CHECK(counts.bad > 0);
  CHECK(counts.not_found > 0);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const bool converged = fits.good(pixel) || fits.status_of(pixel) == PixelStatus::bad;
    bool as_promised = std::isnan(fits.chi2[pixel]) != converged && (fits.ndf[pixel] > 0) == converged;
    for (const ParameterMap& map : fits.parameters) {
      as_promised = as_promised && std::isnan(map.value[pixel]) != fits.good(pixel);
      as_promised = as_promised && std::isnan(map.error[pixel]) != fits.good(pixel);
    }
    if (!as_promised) FAIL("pixel " << pixel << " with status " << static_cast<int>(fits.status[pixel]));
  }
  CHECK(fits.find("E0") == &fits.parameters[3]);
  CHECK(fits.find("E0")->unit == "DAC");
  CHECK(fits.find("B") == nullptr);
  CHECK(fits.mean_evaluations > 3.0);
  CHECK(fits.mean_evaluations < 60.0);
}

TEST_CASE("a baseline taken off before or after the fit gives the same target in each pixel") {
  const std::string engine(GENERATE(from_range(minimiser_names())));
  const FluxCube cube = drawn_cube();
  const PixelFits after = fit(cube, BaselineMode::after, {PixelGroup::all, engine});
  const PixelFits before = fit(cube, BaselineMode::before, {PixelGroup::all, engine});
  const PixelFits aligned = fit(cube, BaselineMode::aligned, {PixelGroup::all, engine});
  int compared = 0, astray = 0;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (!after.good(pixel) || !cube.baseline->found(pixel)) continue;
    if (!before.good(pixel) || !aligned.good(pixel)) {
      ++astray;
      continue;
    }
    const double baseline = cube.baseline->mean[pixel];
    // Different start values end within the minimiser's tolerance: 1e-4 of an error at most.
    const double tolerance = 1e-4 * after.find("E0")->error[pixel];
    CHECK(std::abs(before.find("E0")->value[pixel] + baseline - after.find("E0")->value[pixel]) < tolerance);
    CHECK(std::abs(aligned.find("E0")->value[pixel] + std::trunc(baseline) - after.find("E0")->value[pixel]) <
          tolerance);
    CHECK(before.find("E0")->error[pixel] == Approx(after.find("E0")->error[pixel]).epsilon(1e-4));
    CHECK(before.find("s")->value[pixel] == Approx(after.find("s")->value[pixel]).epsilon(1e-4));
    CHECK(before.chi2[pixel] == Approx(after.chi2[pixel]).epsilon(1e-7));
    ++compared;
  }
  CHECK(compared > 100);
  CHECK(astray <= 2);  // from start values far off, one in a thousand ends in another minimum
}

TEST_CASE("a pixel's fit does not depend on its group - even and odd together are all") {
  const FluxCube cube = drawn_cube();
  const auto count = [&](PixelGroup group) { return count_statuses(fit(cube, BaselineMode::after, {group})); };
  const StatusCounts all = count(PixelGroup::all);
  CHECK(all.outside == 0);
  CHECK(count(PixelGroup::even).good + count(PixelGroup::odd).good == all.good);
  CHECK(count(PixelGroup::even).bad + count(PixelGroup::odd).bad == all.bad);
  CHECK(count(PixelGroup::even).not_found + count(PixelGroup::odd).not_found == all.not_found);

  const PixelFits whole = fit(cube);
  const PixelFits rows = fit(cube, BaselineMode::after, {PixelGroup::rows});  // row 15 of the rows 14, 15, 16
  for (int column = 100; column < 200; ++column) {
    const std::size_t pixel = Pixel{15, column}.index();
    CHECK(rows.status[pixel] == whole.status[pixel]);
    if (whole.good(pixel)) CHECK(rows.find("E0")->value[pixel] == whole.find("E0")->value[pixel]);
    CHECK(rows.status_of(Pixel{14, column}.index()) == PixelStatus::cut);
  }
}

TEST_CASE("thresholds without live time do not exist, and no other is lost with them") {
  FluxCube cube = drawn_cube();
  const std::string statistic = GENERATE(as<std::string>{}, "neyman", "poisson");
  FitSettings settings = test::reference_settings();
  settings.statistic = statistic;
  const std::size_t last = cube.threshold_count() - 1;
  for (const std::size_t dead : {std::size_t{4}, std::size_t{30}, last}) {
    cube.live_time_s[dead] = 0.0;
    std::fill_n(cube.counts.begin() + static_cast<std::ptrdiff_t>(dead * pixel_count), pixel_count, 0u);
    for (FluxCurve& curve : cube.asic) curve.flux[dead] = curve.error[dead] = undefined;
  }
  const FluxCube smaller = without(without(without(cube, static_cast<std::ptrdiff_t>(last)), 30), 4);
  CAPTURE(statistic);
  check_same(fit_scan(cube, scan_settings(), settings).pixels, fit_scan(smaller, scan_settings(), settings).pixels);
}

TEST_CASE("what cannot be fitted is refused before anything is done") {
  FluxCube cube = drawn_cube();
  FitSettings settings = test::reference_settings();
  ScanSettings scan = scan_settings();
  settings.model = "F9";
  CHECK_THROWS_AS(fit_scan(cube, scan, settings), UsageError);
  settings.model = "F1_0";
  CHECK_THROWS_WITH(fit_scan(cube, scan, settings, {PixelGroup::all, "slow"}),
                    Catch::StartsWith("there is no fit engine \"slow\" (there are "));
  scan.initial.pop_back();
  CHECK_THROWS_WITH(fit_scan(cube, scan, settings), Catch::StartsWith("no start value for E0 of model F1_0"));
  cube.baseline.reset();
  CHECK_NOTHROW(fit_scan(cube, scan_settings(), settings));
  settings.baseline = GENERATE(BaselineMode::before, BaselineMode::aligned);
  CHECK_THROWS_AS(fit_scan(cube, scan_settings(), settings), InputError);
  CHECK_THROWS_WITH(fit_scan(cube, scan_settings(), settings),
                    Catch::StartsWith("the fit needs the noise baseline, and the flux has none (baseline: "));
}

TEST_CASE("pixels of one pattern are not fitted beside the ASIC of another") {
  const FluxCube cube = drawn_cube();  // its curves are of single columns
  FitSettings settings = test::reference_settings();
  settings.separation = SeparationPattern::column_pairs;
  CHECK_THROWS_WITH(fit_scan(cube, scan_settings(), settings, {.group = PixelGroup::even}),
                    "the groups of the flux follow another pattern than the fit's (separation: columns in the flux, "
                    "column-pairs in the settings). Set separation as it was, or make the flux anew");
}

TEST_CASE("settings that mean nothing are refused, whatever the statistic makes of them") {
  const FluxCube cube = drawn_cube();
  const std::string statistic = GENERATE("neyman", "poisson");
  const auto refused = [&](auto change, const std::string& message) {
    FitSettings settings;
    settings.statistic = statistic;
    change(settings);
    CHECK_THROWS_AS(fit_scan(cube, scan_settings(), settings), UsageError);
    CHECK_THROWS_WITH(fit_scan(cube, scan_settings(), settings), Catch::StartsWith(message));
  };
  refused([](FitSettings& settings) { settings.background = undefined; }, "background is nan (it has to be finite");
  refused([](FitSettings& settings) { settings.background = -1.0; }, "background is -1 (it has to be finite");
  refused([](FitSettings& settings) { settings.significance = undefined; }, "significance is nan (");
  refused([](FitSettings& settings) { settings.max_zero_fraction = 0.0; }, "max_zero_fraction is 0 (");
  refused([](FitSettings& settings) { settings.baseline = static_cast<BaselineMode>(7); },
          "7 is no baseline mode (there are after, before, aligned)");
  refused([](FitSettings& settings) { settings.covariance = static_cast<Covariance>(-1); }, "-1 is no covariance (");
  refused([](FitSettings& settings) { settings.start = static_cast<StartValues>(2); }, "2 is no start (");
  refused([](FitSettings& settings) { settings.separation = static_cast<SeparationPattern>(2); },
          "2 is no separation (");
  CHECK_THROWS_AS(fit_scan(cube, scan_settings(), {}, {.group = static_cast<PixelGroup>(9)}), UsageError);
}

TEST_CASE("an impossible baseline is refused, also where it is taken off after the fit") {
  FluxCube cube = drawn_cube();
  cube.baseline->mean[7] = GENERATE(std::nan(""), std::numeric_limits<double>::infinity(), -1.0);
  FitSettings settings;
  settings.baseline = GENERATE(BaselineMode::after, BaselineMode::before, BaselineMode::aligned);
  CHECK_THROWS_AS(fit_scan(cube, scan_settings(), settings), UsageError);
}

TEST_CASE("more threads than any system has are as good as many") {
  const FluxCube cube = drawn_cube();
  check_same(fit(cube, BaselineMode::after, {.threads = 100000}), fit(cube));
}

TEST_CASE("half a cube is refused") {
  FluxCube cube = drawn_cube();
  cube.asic[0] = {};
  CHECK_THROWS_AS(fit_scan(cube, scan_settings(), test::reference_settings()), UsageError);
  cube = drawn_cube();
  cube.counts.pop_back();
  CHECK_THROWS_AS(fit_scan(cube, scan_settings(), test::reference_settings()), UsageError);
}

TEST_CASE("what was used stands in the result") {
  const FluxCube cube = drawn_cube();
  FitSettings settings = test::reference_settings();
  settings.significance = 0.01;
  const ScanFit result = fit_scan(cube, scan_settings(), settings, {PixelGroup::odd, "gsl"});
  CHECK(result.settings.significance == 0.01);
  CHECK(result.engine == "gsl");
  CHECK(result.group == PixelGroup::odd);
  CHECK(result.background == 0.0);
  CHECK_FALSE(result.fixed);
  REQUIRE(result.baseline);
  CHECK(result.baseline->mean == cube.baseline->mean);
}

namespace {

class Interrupting final : public Progress {
 public:
  void start(std::string_view, std::size_t, std::string_view) override {}
  void advance(std::size_t) override { throw std::runtime_error("interrupted"); }
  void finish() override {}
};

}  // namespace

TEST_CASE("progress may interrupt the fit") {
  const FluxCube cube = drawn_cube();
  Interrupting progress;
  CHECK_THROWS_WITH(fit_scan(cube, scan_settings(), test::reference_settings(), {}, progress), "interrupted");
}

}  // namespace velocal::fit_scan_test
