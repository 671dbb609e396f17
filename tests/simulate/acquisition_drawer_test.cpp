// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/acquisition_drawer.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "support/diffusion_integral.hpp"
#include "support/simulated_dataset.hpp"
#include "velocal/core/error.hpp"
#include "velocal/scan/acquisition_hits.hpp"
#include "velocal/scan/acquisition_quality.hpp"
#include "velocal/simulate/draw_truth.hpp"

using namespace velocal;

namespace {

/// F1_0 as the physics has it, written down once more: an independent calculation.
double expected_hits(const Truth& truth, std::size_t pixel, double energy, double shutter_s) {
  const double f = truth.shelf[pixel], a = truth.amplitude[pixel], s = truth.width[pixel];
  const double d = energy - truth.line[pixel];
  const double shelf = s / std::sqrt(std::numbers::pi) * std::exp(-(d / s) * (d / s)) - d * std::erfc(d / s);
  const double step = std::erfc(d / (std::numbers::sqrt2 * s)) / (2.0 * std::sqrt(2.0 * std::numbers::pi) * s);
  return shutter_s * (f * a / 2.0 * shelf + (1.0 - f) * a * step + truth.background);
}

}  // namespace

TEST_CASE("counts are Poisson numbers around the expectation, at each threshold") {
  // Mathematics: the sum over the pixels has the variance of its mean M; the sum of (N - mu)^2 - mu, the variance
  // sum(mu + 2 mu^2). Five standard deviations each.
  auto dataset = test::simulated_dataset("unused");
  auto& scan = dataset.scans[0];
  scan.simulation->background = 1e-3;  // 2000 hits in all, well seen above the line
  const Truth truth = draw_truth(dataset, scan, 3);
  const AcquisitionDrawer drawer(scan, truth);
  const auto thresholds = scan.thresholds.values();
  for (std::size_t t = 0; t < thresholds.size(); ++t) {
    const PixelCounts counts = drawer.draw(t, 0);
    double total = 0.0, expected = 0.0, excess = 0.0, excess_variance = 0.0;
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      if (truth.mask[pixel] != 0) continue;
      const double mu = expected_hits(truth, pixel, thresholds[t], scan.shutter.seconds);
      total += counts[pixel];
      expected += mu;
      excess += (counts[pixel] - mu) * (counts[pixel] - mu) - mu;
      excess_variance += mu + 2.0 * mu * mu;
    }
    CAPTURE(thresholds[t]);
    CHECK(std::abs(total - expected) < 5.0 * std::sqrt(expected));
    CHECK(std::abs(excess) < 5.0 * std::sqrt(excess_variance));
  }
}

TEST_CASE("counts from first principles are Poisson numbers around the physical curve, at each threshold") {
  // As above. All pixels have one shape, so that one integral says what is expected; the drawn photons make it
  // uncertain by at most 1.5e-4 of R.
  auto dataset = test::simulated_dataset("unused");
  auto& scan = dataset.scans[0];
  auto& settings = *scan.simulation;
  scan.source = {};
  settings.physics = {.sigma_um = 4.3, .rate = 0.9};
  settings.width.spread = settings.target.spread = settings.baseline.spread = 0.0;
  const Truth truth = draw_truth(dataset, scan, 3);
  const PhysicalTruth& physics = *truth.physics;
  const AcquisitionDrawer drawer(scan, truth);
  const auto thresholds = scan.thresholds.values();
  std::vector<double> above;
  for (const int threshold : thresholds) above.push_back(threshold - settings.baseline.mean);
  const auto relative = test::DiffusionIntegral(physics.lines, physics.sensor, physics.sigma_um)(
      settings.width.mean, settings.target.mean, above);
  for (std::size_t t = 0; t < thresholds.size(); ++t) {
    const PixelCounts counts = drawer.draw(t, 0);
    double total = 0.0, expected = 0.0, excess = 0.0, excess_variance = 0.0, rates = 0.0;
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      if (truth.mask[pixel] != 0) continue;
      const double mu = scan.shutter.seconds * (physics.rate[pixel] * relative[t] + truth.background);
      total += counts[pixel];
      expected += mu;
      rates += scan.shutter.seconds * physics.rate[pixel];
      excess += (counts[pixel] - mu) * (counts[pixel] - mu) - mu;
      excess_variance += mu + 2.0 * mu * mu;
    }
    CAPTURE(thresholds[t], total, expected);
    CHECK(std::abs(total - expected) < 5.0 * std::hypot(std::sqrt(expected), 1.5e-4 * rates));
    CHECK(std::abs(excess) < 5.0 * std::sqrt(excess_variance));
  }
}

TEST_CASE("masked pixels read 0, whatever their rate") {
  auto dataset = test::simulated_dataset("unused");
  dataset.scans[0].simulation->masked_pixels = 3000;
  dataset.scans[0].simulation->background = 1.0;
  const Truth truth = draw_truth(dataset, dataset.scans[0], 3);
  const PixelCounts counts = AcquisitionDrawer(dataset.scans[0], truth).draw(0, 0);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (truth.mask[pixel] != 0) REQUIRE(counts[pixel] == 0);
  }
  CHECK(std::ranges::count(counts, 0u) < 3000 + 50);  // at 33 hits expected and more, a live pixel hardly reads 0
}

TEST_CASE("planted acquisitions are what they are meant to be") {
  auto dataset = test::simulated_dataset("unused");
  auto& scan = dataset.scans[0];
  scan.simulation->empty = {{1500, 1}};
  scan.simulation->bad = {{1520, 0}};
  scan.simulation->glitch = {{1540, 1}};
  scan.simulation->masked_pixels = GENERATE(0, 10000);
  const Truth truth = draw_truth(dataset, scan, 3);
  const AcquisitionDrawer drawer(scan, truth);
  const auto quality = [&](std::size_t t, int acquisition) {
    return quality_of(hits_of(drawer.draw(t, acquisition), masked_pixels(truth.mask)), truth.mask, scan.reject);
  };
  CHECK(drawer.draw(0, 1) == PixelCounts(0));
  CHECK(drawer.draw(2, 1) == PixelCounts(63));
  CHECK(quality(0, 1) == AcquisitionQuality::empty);
  CHECK(quality(1, 0) == AcquisitionQuality::bad);
  CHECK(quality(0, 0) == AcquisitionQuality::good);
  CHECK(quality(1, 1) == AcquisitionQuality::good);
  CHECK(quality(2, 0) == AcquisitionQuality::good);

  scan.simulation->bad.clear();
  const PixelCounts undisturbed = AcquisitionDrawer(scan, truth).draw(1, 0);
  PixelCounts bad = drawer.draw(1, 0);
  for (int row = 0; row < pixel_rows; ++row) bad(row, 255) = undisturbed(row, 255);
  CHECK(bad == undisturbed);  // only the last column is lit
}

TEST_CASE("a bad acquisition that cannot be made is refused") {
  auto dataset = test::simulated_dataset("unused");
  auto& scan = dataset.scans[0];
  Truth truth = draw_truth(dataset, scan, 3);
  scan.simulation->bad = {{1520, 0}};
  SECTION("five live pixels: fifths come no nearer to 18.348 than 18.4") {
    for (int row = 5; row < pixel_rows; ++row) truth.mask(row, 255) = 1;
    for (int row = 0; row < 5; ++row) truth.mask(row, 255) = 0;
    CHECK_THROWS_WITH(AcquisitionDrawer(scan, truth),
                      Catch::Contains("cannot be given the mean 18.34765625 (it has 5 live"));
  }
  SECTION("no live pixel") {
    for (int row = 0; row < pixel_rows; ++row) truth.mask(row, 255) = 1;
    CHECK_THROWS_AS(AcquisitionDrawer(scan, truth), DescriptorError);
  }
  SECTION("no mean to be given") {
    scan.reject.last_column_mean.reset();
    CHECK_THROWS_WITH(AcquisitionDrawer(scan, truth), Catch::Contains("needs reject.last_column_mean"));
  }
}

TEST_CASE("an acquisition depends on its number, not on which others are drawn") {
  auto dataset = test::simulated_dataset("unused");
  auto& scan = dataset.scans[0];
  const Truth truth = draw_truth(dataset, scan, 3);
  const PixelCounts of_all = AcquisitionDrawer(scan, truth, 1).draw(2, 7);
  scan.thresholds = {1540, 1540, 1};
  const AcquisitionDrawer one_threshold(scan, truth, 3);
  CHECK(one_threshold.draw(0, 7) == of_all);
  CHECK(one_threshold.draw(0, 8) != of_all);
}
