// SPDX-License-Identifier: GPL-3.0-or-later
// Scans of a source with two lines: where the baseline comes in, and what is held for the whole chip.
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "drawn_scan.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/core/error.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/model/model_for_source.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::lines_fit_test {
using Catch::Matchers::Contains;

namespace {

constexpr std::size_t pixels = 200;
constexpr double live_time_s = 2000.0;

struct TwoLineScan {
  FluxCube cube = test::masked_cube(test::threshold_range(1480, 1620), live_time_s);
  std::vector<double> target;
};

/// Pixels whose baselines and targets differ, drawn from F1_0 over both lines of Fe-55, written out here.
TwoLineScan draw_two_lines() {
  constexpr double share = 0.1191, ratio = 6490.0 / 5895.0;
  std::mt19937_64 random(5895);
  std::normal_distribution<> normal;
  TwoLineScan scan;
  scan.cube.baseline = NoiseBaseline{};
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    const double baseline = std::round(1425.0 + 4.0 * normal(random));
    scan.target.push_back(124.0 + 5.0 * normal(random));
    scan.cube.baseline->mean[pixel] = baseline;
    scan.cube.baseline->width[pixel] = 5.5;
    std::vector<double> expected(scan.cube.threshold_count(), live_time_s * test::drawn_background);
    for (const auto& [weight, energy] : {std::pair{1.0 - share, 1.0}, {share, ratio}}) {
      const auto line =
          test::expected_counts(scan.cube, "F1_0", {4e-4, 8.0, 4.5, baseline + energy * scan.target.back()});
      for (std::size_t t = 0; t < expected.size(); ++t) expected[t] += weight * line[t];
    }
    test::set_pixel(scan.cube, pixel, test::drawn(expected, random));
  }
  test::set_asic_curve(scan.cube);
  return scan;
}

const TwoLineScan& drawn_scan() {
  static const TwoLineScan scan = draw_two_lines();
  return scan;
}

/// Mean and width of the pulls of the target.
test::Sample target_pulls(const TwoLineScan& scan, const ScanFit& fit, BaselineMode mode) {
  test::Sample pulls;
  const ParameterMap& line = *fit.pixels.find("E0");
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    const double shift = mode == BaselineMode::after ? scan.cube.baseline->mean[pixel] : 0.0;
    if (fit.pixels.good(pixel)) pulls.add((line.value[pixel] - shift - scan.target[pixel]) / line.error[pixel]);
  }
  return pulls;
}

}  // namespace

TEST_CASE("two lines: the target of the first comes out, whenever the baseline is taken off") {
  const BaselineMode mode = GENERATE(BaselineMode::after, BaselineMode::before, BaselineMode::aligned);
  FitSettings settings;
  settings.baseline = mode;
  const ScanFit fit = fit_scan(drawn_scan().cube, {}, settings);
  CHECK(fit.source.lines.size() == 2);
  const test::Sample pulls = target_pulls(drawn_scan(), fit, mode);
  CAPTURE(to_string(mode), pulls.mean(), pulls.deviation());
  CHECK(pulls.size() > 0.9 * pixels);
  CHECK(std::abs(pulls.mean()) < 3.0 / std::sqrt(pulls.size()));
  CHECK(pulls.deviation() == Approx(1.0).margin(0.15));  // three standard errors
  // The curve of the chip is blurred by 5 DAC of targets, which a formula of one width cannot follow quite.
  const double shift = mode == BaselineMode::after ? 1425.0 : 0.0;
  REQUIRE(fit.asic_good.fit.found);
  CHECK(fit.asic_good.fit.parameter("E0").value - shift == Approx(124.0).margin(2.0));
}

TEST_CASE("one line fitted to two is off by more than ten of its errors") {
  const ScanFit fit = fit_scan(drawn_scan().cube, test::one_line_scan(), {});
  const test::Sample pulls = target_pulls(drawn_scan(), fit, BaselineMode::after);
  CHECK((pulls.size() < 0.5 * pixels || pulls.mean() > 10.0));
}

TEST_CASE("a pixel without a baseline takes the chip's mean, which hardly matters") {
  FluxCube cube = drawn_scan().cube;
  const ScanFit whole = fit_scan(cube, {}, {});
  std::size_t changed = 0;
  for (std::size_t pixel = 0; pixel < pixels; pixel += 10) cube.baseline->mean[pixel] = 0.0;
  const ScanFit borrowed = fit_scan(cube, {}, {});
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    const double before = whole.pixels.find("E0")->value[pixel], after = borrowed.pixels.find("E0")->value[pixel];
    if (!std::isfinite(before) || !std::isfinite(after)) continue;
    // 4 DAC of baseline move the second line by 0.4 DAC against the first, and E0 by a share of that.
    CHECK(std::abs(after - before) <= (pixel % 10 == 0 ? 0.5 : 1e-6));
    changed += after != before ? 1 : 0;
  }
  CHECK(changed >= 15);
}

TEST_CASE("the bias of few counts is taken off E0 that counts from the baseline, and off no other") {
  const bool two = GENERATE(true, false);
  const FluxCube cube = two ? drawn_scan().cube : test::draw_scan(50, 262.0, 3).cube;
  const ScanSettings scan = two ? ScanSettings{} : test::one_line_scan();
  const ScanFit fit = fit_scan(cube, scan, {});
  const ChipCurves curves(cube, PixelGroup::all, BaselineMode::after, two);
  const CurveFits minima = fit_curves(curves.curves(), *whole_model({}, photon_source(scan.source, scan.sensor)));
  double largest = 0.0;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    if (!fit.pixels.good(pixel)) continue;
    const double bias = minima.line_bias[pixel];
    const double taken_off = two ? bias - cube.baseline->mean[pixel] : 0.0;
    CHECK(std::abs(bias) < 0.3 * minima.parameter("E0").error[pixel]);  // at some 100 counts and more a threshold
    CHECK(fit.pixels.find("E0")->value[pixel] ==
          Approx(minima.parameter("E0").value[pixel] - taken_off).epsilon(1e-12));
    largest = std::max(largest, std::abs(bias));
  }
  CHECK(largest > 1e-4);
}

TEST_CASE("the curve of a fit is that of its parameters, wherever its model counts from") {
  const ScanFit fit = fit_scan(drawn_scan().cube, {}, {});
  const auto model = model_of(fit);
  REQUIRE(model->above_baseline());
  const double baseline = drawn_scan().cube.baseline->mean[7];
  std::vector<double> parameters;
  for (const ParameterMap& map : fit.pixels.parameters) parameters.push_back(map.value[7]);
  const std::vector<double> threshold{1490.0, 1545.0, 1570.0};
  std::vector<double> flux(3), expected(3, 0.0), line(3);
  flux_of_fit(*model, parameters, baseline, threshold, flux);
  for (const PhotonLine& of : fit.source.lines) {
    auto own = parameters;
    own.back() = baseline + (parameters.back() - baseline) * of.energy_ratio;
    ModelRegistry::instance().get("F1_0").flux(own, threshold, line);
    for (std::size_t i = 0; i < 3; ++i) expected[i] += of.share * line[i];
  }
  for (std::size_t i = 0; i < 3; ++i) CHECK(flux[i] == Approx(expected[i]).epsilon(1e-10));
}

TEST_CASE("the width that all pixels have is shared: no map of it, one value with its error") {
  FitSettings settings;
  settings.shared = {"s"};
  const ScanFit fit = fit_scan(drawn_scan().cube, {}, settings);
  REQUIRE(fit.shared.size() == 1);
  CHECK(std::abs(fit.shared[0].value.value - 4.5) < 4.0 * fit.shared[0].value.error);
  CHECK(fit.shared[0].value.error < 0.02);
  CHECK(fit.pixels.find("s") == nullptr);
  CHECK(fit.asic.fit.names == std::vector<std::string>{"f", "A", "E0"});
  // Fewer free parameters, more degrees of freedom.
  CHECK(fit.pixels.ndf[0] == static_cast<int>(drawn_scan().cube.threshold_count()) - 3);
}

TEST_CASE("what needs a baseline and has none is refused before any pixel is fitted") {
  FluxCube cube = drawn_scan().cube;
  FitSettings settings;
  cube.baseline.reset();
  CHECK_THROWS_AS(fit_scan(cube, {}, settings), InputError);
  CHECK_THROWS_WITH(fit_scan(cube, {}, settings),
                    Contains("F1_0 needs the noise baseline") && Contains("photon_energy_eV"));
  settings.model = "diffusion";
  CHECK_THROWS_WITH(fit_scan(cube, test::one_line_scan(), settings), Contains("diffusion needs the noise baseline"));
  settings.model = "F1_0";
  CHECK_NOTHROW(fit_scan(cube, test::one_line_scan(), settings));
  cube.baseline = NoiseBaseline{};
  CHECK_THROWS_WITH(fit_scan(cube, {}, settings), Contains("no pixel of the group has one"));
}

TEST_CASE("a line above the scan and a parameter that there is not are refused") {
  ScanSettings scan;
  scan.source.name = "Ag";  // 22 keV: 6,000 pairs, 300 DAC above the baseline at least
  CHECK_THROWS_AS(fit_scan(drawn_scan().cube, scan, {}), UsageError);
  CHECK_THROWS_WITH(fit_scan(drawn_scan().cube, scan, {}),
                    Contains("22105.4 eV lies above the scan") && Contains("ends at 1620"));
  FitSettings settings;
  settings.shared = {"sigma"};
  CHECK_THROWS_WITH(fit_scan(drawn_scan().cube, {}, settings), Contains("no parameter sigma to share"));
  settings.shared = {"w2"};
  CHECK_THROWS_WITH(fit_scan(drawn_scan().cube, test::one_line_scan(), settings), Contains("one line"));
}

}  // namespace velocal::lines_fit_test
