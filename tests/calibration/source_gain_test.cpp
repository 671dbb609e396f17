// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/source_gain.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "fit/drawn_scan.hpp"
#include "hand_made_fit.hpp"
#include "support/model_formulas.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using Catch::Matchers::Contains;
using test::Sample;

namespace {

constexpr double baseline_error = 0.4;  // DAC
const SourceLine iron{"iron", "Fe", 5895.0, {1600.0, 8.0}}, silver{"silver", "Ag", 22105.4, {6000.0, 30.0}},
    americium{"gamma", "Am", 59540.9, {16160.0, 80.0}};

/// Pixels 0, 1, ... of a chip.
struct TrueChip {
  std::vector<double> baseline, gain, zero;  ///< the zero of the charge lies so far above the noise [DAC]
};

TrueChip draw_chip(std::size_t pixels, std::mt19937_64& random) {
  std::normal_distribution<> normal;
  TrueChip chip;
  for (std::size_t i = 0; i < pixels; ++i) {
    chip.baseline.push_back(1425.0 + 4.0 * normal(random));
    chip.gain.push_back(12.9 + 0.7 * normal(random));
    chip.zero.push_back(1.5 + 0.5 * normal(random));
  }
  return chip;
}

/// The baseline as noise scans measure it.
PixelMatrix<double> measured_baseline(const TrueChip& chip, std::mt19937_64& random) {
  std::normal_distribution<> normal;
  PixelMatrix<double> baseline;
  for (std::size_t i = 0; i < chip.gain.size(); ++i) baseline[i] = chip.baseline[i] + baseline_error * normal(random);
  return baseline;
}

double true_line(const TrueChip& chip, std::size_t pixel, double pairs) {
  return chip.baseline[pixel] + chip.zero[pixel] + pairs / chip.gain[pixel];
}

/// What a scan says of these pixels: lines with errors, above a baseline with errors.
LineTargets targets_of(const SourceLine& line, const PixelMatrix<double>& baseline) {
  LineTargets targets;
  targets.line = line;
  targets.baseline = baseline;
  return targets;
}

void set_line(LineTargets& targets, std::size_t pixel, Uncertain line) {
  targets.target.value[pixel] = line.value - targets.baseline[pixel];
  targets.target.error[pixel] = std::hypot(line.error, baseline_error);
  targets.line_error[pixel] = line.error;
}

/// A scan of the lines, drawn as Poisson counts of the formula that the documentation has and fitted as velocal-fit
/// does. Some 700 counts a threshold below the line.
LineTargets fitted_scan(const TrueChip& chip, const SourceLine& source, const PixelMatrix<double>& baseline,
                        std::vector<int> thresholds, std::mt19937_64& random) {
  constexpr double live_time = 1000.0;
  FluxCube cube = test::masked_cube(std::move(thresholds), live_time);
  for (std::size_t i = 0; i < chip.gain.size(); ++i) {
    const std::array<long double, 4> parameters{4e-4L, 8.0L, 4.5L, true_line(chip, i, source.pairs.value)};
    std::vector<double> expected;
    for (const int threshold : cube.threshold) {
      expected.push_back(live_time * (static_cast<double>(test::formula("F1_0", parameters, threshold)) + 2e-6));
    }
    test::set_pixel(cube, i, test::drawn(expected, random));
  }
  const PixelFits fits = fit_scan(cube, test::one_line_scan(), test::poisson_settings()).pixels;
  LineTargets targets = targets_of(source, baseline);
  const ParameterMap& line = *fits.find("E0");
  for (std::size_t i = 0; i < chip.gain.size(); ++i) {
    if (fits.good(i)) set_line(targets, i, {line.value[i], line.error[i]});
  }
  return targets;
}

std::vector<int> every(int step, int from, int to) {
  std::vector<int> thresholds;
  for (int threshold = from; threshold <= to; threshold += step) thresholds.push_back(threshold);
  return thresholds;
}

struct Pulls {
  Sample gain, offset;
};

Pulls pulls_of(const SourceGain& found, const TrueChip& chip) {
  Pulls pulls;
  for (std::size_t i = 0; i < chip.gain.size(); ++i) {
    if (std::isnan(found.gain.value[i])) continue;
    pulls.gain.add((found.gain.value[i] - chip.gain[i]) / found.gain.error[i]);
    pulls.offset.add((found.offset.value[i] - chip.zero[i]) / found.offset.error[i]);
  }
  return pulls;
}

void check_normal(const Sample& pulls) {
  CHECK(pulls.mean() == Approx(0.0).margin(0.05));
  CHECK(pulls.deviation() == Approx(1.0).margin(0.05));
}

}  // namespace

TEST_CASE("two sources on one chip: gain and zero have no bias, and their errors are right", "[thorough]") {
  std::mt19937_64 random(41);
  const TrueChip chip = draw_chip(4000, random);
  const bool one_baseline = GENERATE(true, false);
  const PixelMatrix<double> first = measured_baseline(chip, random);
  const PixelMatrix<double> second = one_baseline ? first : measured_baseline(chip, random);
  const std::vector<LineTargets> scans{fitted_scan(chip, iron, first, every(3, 1490, 1605), random),
                                       fitted_scan(chip, silver, second, every(4, 1760, 2020), random)};
  const SourceGain found = source_gain(scans, 0.05);
  CHECK(found.one_baseline == one_baseline);
  CHECK(found.gain_means.pixels > 3500);
  CHECK(found.count(GainStatus::good) == found.gain_means.pixels);
  CHECK(found.count(GainStatus::no_line) >= pixel_count - 4000);
  const Pulls pulls = pulls_of(found, chip);
  check_normal(pulls.gain);
  check_normal(pulls.offset);
  CHECK(found.common_gain_error == Approx(found.gain_means.mean * 0.005).epsilon(1e-9));
}

TEST_CASE("three sources: chi2 is that of one degree of freedom, also beyond 1000 DAC", "[thorough]") {
  std::mt19937_64 random(42);
  std::normal_distribution<> normal;
  constexpr std::size_t pixels = 20000;
  const TrueChip chip = draw_chip(pixels, random);
  const PixelMatrix<double> baseline = measured_baseline(chip, random);
  std::vector<LineTargets> scans;
  for (const SourceLine& source : {iron, silver, americium}) {
    scans.push_back(targets_of(source, baseline));
    for (std::size_t i = 0; i < pixels; ++i) {
      const double error = 0.2 + 1e-4 * static_cast<double>(i % 7) * source.pairs.value;
      set_line(scans.back(), i, {true_line(chip, i, source.pairs.value) + error * normal(random), error});
    }
  }
  const double alpha = 0.05;
  const SourceGain found = source_gain(scans, alpha);
  Sample chi2;
  for (std::size_t i = 0; i < pixels; ++i) {
    REQUIRE(found.ndf[i] == 1);
    chi2.add(found.chi2[i]);
  }
  // five standard deviations of the means
  CHECK(chi2.mean() == Approx(1.0).margin(5.0 * std::sqrt(2.0 / pixels)));
  const auto rejected = static_cast<double>(found.count(GainStatus::not_straight));
  CHECK(rejected == Approx(alpha * pixels).margin(5.0 * std::sqrt(alpha * pixels)));
  CHECK(found.gain_means.pixels == pixels);  // those that are rejected have a gain, too
  check_normal(pulls_of(found, chip).gain);
  check_normal(pulls_of(found, chip).offset);
  for (const LineResidual& residual : found.residuals) {
    CHECK(residual.pixels == pixels);
    CHECK(std::abs(residual.mean.value) < 5.0 * residual.mean.error);
  }
  for (std::size_t i = 0; i < pixels; ++i) scans[1].target.value[i] += 3.0;
  CHECK(source_gain(scans, alpha).residuals[1].mean.value > 0.5);
}

TEST_CASE("a pixel without two lines, or whose targets do not rise, has no gain, and the status says why") {
  const PixelMatrix<double> baseline(1425.0);
  std::vector<LineTargets> scans{targets_of(iron, baseline), targets_of(silver, baseline)};
  set_line(scans[0], 1, {1549.0, 0.3});
  for (const std::size_t pixel : {2u, 3u, 4u}) set_line(scans[0], pixel, {1549.0, 0.3});
  set_line(scans[1], 2, {1500.0, 0.3});
  set_line(scans[1], 3, {1559.0, 0.3});  // K = 440 e-/DAC
  set_line(scans[1], 4, {1889.0, 0.3});
  const SourceGain found = source_gain(scans, 0.05);
  const auto status = [&](std::size_t pixel) { return gain_status_names.at(found.status[pixel]); };
  CHECK(status(0) == "no line");
  CHECK(status(1) == "one line");
  CHECK(status(2) == "no gain");
  CHECK(status(3) == "no gain");
  CHECK(status(4) == "good");
  for (std::size_t pixel = 0; pixel < 4; ++pixel) {
    CHECK(std::isnan(found.gain.value[pixel]));
    CHECK(std::isnan(found.offset.error[pixel]));
  }
  CHECK(found.gain_means.pixels == 1);
}

TEST_CASE("targets, the lines' own errors and the chip's curves come from fit and calibration") {
  std::vector<LineTargets> scans;
  for (const auto& [source, energy, line] : {std::tuple{iron, 6000.0, 1549.0}, std::tuple{silver, 22500.0, 1889.0}}) {
    ScanFit fit = test::hand_made_fit(BaselineMode::after);
    test::set_good(fit, 9, {line, 0.3});
    fit.asic = test::asic_fit({line + 1.0, 0.1});
    scans.push_back(line_targets(source, fit, calibrate(fit, test::one_line(energy, 3.75, 0.0))));
  }
  CHECK(scans[0].target.value[9] == 124.0);
  CHECK(scans[0].line_error[9] == 0.3);
  CHECK(scans[0].baseline[0] == 1425.0);
  const SourceGain found = source_gain(scans, 0.05);
  CHECK(found.one_baseline);
  // each scan's baseline may have drifted by 0.28 DAC; the offset is (6000 t1 - 1600 t2)/4400
  CHECK(found.common_gain_error ==
        Approx(4400.0 / 340.0 * std::hypot(std::sqrt(2.0) * 0.28 / 340.0, 0.005)).epsilon(1e-9));
  CHECK(found.common_offset_error == Approx(0.28 * std::hypot(6000.0, 1600.0) / 4400.0).epsilon(1e-9));
  CHECK(found.gain.value[9] == Approx(4400.0 / 340.0).epsilon(1e-12));
  CHECK(found.asic.gain.value == Approx(4400.0 / 340.0).epsilon(1e-12));
  CHECK(found.asic.gain.error == Approx(found.asic.gain.value * std::sqrt(2.0) * 0.1 / 340.0).epsilon(1e-9));
  CHECK(found.asic.offset.value - found.offset.value[9] == Approx(1.0).epsilon(1e-9));
  CHECK(std::isnan(found.asic_good.gain.value));
}

TEST_CASE("two sources with one line, or one source, make no straight line") {
  SourceLine nearly = iron;
  nearly.label = "manganese";
  nearly.energy_eV = 5900.0;
  CHECK_THROWS_AS(require_different_lines(std::vector{iron, silver, nearly}), UsageError);
  CHECK_THROWS_WITH(require_different_lines(std::vector{iron, silver, nearly}),
                    Contains("two sources with one line (iron: Fe at 5895 eV; manganese: Fe at 5900 eV)"));
  CHECK_THROWS_WITH(require_different_lines(std::vector{iron}), Contains("a straight line takes two sources or more"));
  CHECK_THROWS_AS(source_gain({}, 0.05), UsageError);
  CHECK_NOTHROW(require_different_lines(std::vector{iron, silver, americium}));
}
