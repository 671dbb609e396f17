// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/draw_truth.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <tuple>

#include "support/simulated_dataset.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/sample.hpp"

using namespace velocal;

namespace {

Truth draw(const Dataset& dataset, std::uint64_t seed = 1) {
  return draw_truth(dataset, dataset.scans[0], seed);
}

/// Mathematics: mean and standard deviation of n normal numbers scatter by sigma/sqrt(n) and sigma/sqrt(2n).
void check_normal(const PixelMatrix<double>& values, double mean, double sigma) {
  const double n = pixel_count;
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  double squares = 0.0;
  for (const double value : values) squares += (value - sum / n) * (value - sum / n);
  CHECK(std::abs(sum / n - mean) < 5.0 * sigma / std::sqrt(n));
  CHECK(std::abs(std::sqrt(squares / n) - sigma) < 5.0 * sigma / std::sqrt(2.0 * n));
}

std::ptrdiff_t count_if_pixel(auto&& holds) {
  std::ptrdiff_t count = 0;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) count += holds(pixel) ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("the truth has the distributions of its settings") {
  auto dataset = test::simulated_dataset("unused");
  dataset.scans[0].simulation->pixels_without_baseline = 0;
  const Truth truth = draw(dataset);
  check_normal(truth.shelf, 4.0e-4, 5.0e-5);
  check_normal(truth.width, 4.5, 0.8);
  check_normal(truth.target, 124.0, 6.0);
  check_normal(truth.baseline.width, 5.5, 0.5);
  check_normal(truth.baseline.mean, 1425.0, std::sqrt(16.0 + 1.0 / 12.0));  // rounding adds the variance 1/12
  CHECK(truth.background == 2.0e-6);
  CHECK(truth.seed == 1);
}

TEST_CASE("the photon line lies at baseline + target, and the analysis is given a baseline with an error") {
  Dataset dataset = test::simulated_dataset("unused");
  const auto off = [&](double error) {
    dataset.scans[0].simulation->baseline_error = error;
    const Truth truth = draw(dataset);
    CHECK(truth.baseline.error[0] == error);
    std::vector<double> differences;
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      const double baseline = truth.line[pixel] - truth.target[pixel];
      REQUIRE(baseline > 1425.0 - 10.0 * 4.0);
      if (truth.baseline.found(pixel)) differences.push_back(truth.baseline.mean[pixel] - baseline);
    }
    return moments(differences);
  };
  CHECK(off(0.0).standard_deviation < 1e-9);
  CHECK(off(0.4).standard_deviation == Approx(0.4).epsilon(0.02));  // 65,486 pixels: 7 standard deviations
  CHECK(std::abs(off(0.4).mean) < 5.0 * 0.4 / 256.0);
}

TEST_CASE("the spot is a Gaussian above a floor") {
  auto dataset = test::simulated_dataset("unused");
  auto& settings = *dataset.scans[0].simulation;
  settings.masked_pixels = 0;
  settings.amplitude = 8.0;
  settings.spot = {100.0, 40.0, 50.0, 0.25};
  const Truth truth = draw(dataset);
  CHECK(truth.amplitude(100, 40) == Approx(8.0).epsilon(1e-14));
  CHECK(truth.amplitude(150, 40) == Approx(8.0 * (0.25 + 0.75 * 0.60653065971263342)).epsilon(1e-14));   // e^(-1/2)
  CHECK(truth.amplitude(60, 70) == Approx(8.0 * (0.25 + 0.75 * 0.60653065971263342)).epsilon(1e-14));    // 3-4-5
  CHECK(truth.amplitude(100, 140) == Approx(8.0 * (0.25 + 0.75 * 0.13533528323661270)).epsilon(1e-14));  // e^-2
}

TEST_CASE("as many pixels are masked and without baseline as were asked for") {
  auto dataset = test::simulated_dataset("unused");
  auto& settings = *dataset.scans[0].simulation;
  const int masked = GENERATE(0, 1, 50, 65536);
  settings.masked_pixels = masked;
  settings.pixels_without_baseline = 77;
  const Truth truth = draw(dataset);
  CHECK(std::ranges::count(truth.mask, 1) == masked);
  CHECK(count_if_pixel(
            [&](std::size_t pixel) { return (truth.amplitude[pixel] == 0.0) != (truth.mask[pixel] == 1); }) == 0);
  CHECK(count_if_pixel([&](std::size_t pixel) { return !truth.baseline.found(pixel); }) == 77);
}

TEST_CASE("the seed decides, and each quantity has numbers of its own") {
  const auto dataset = test::simulated_dataset("unused");
  CHECK(draw(dataset, 5).line == draw(dataset, 5).line);
  CHECK(draw(dataset, 5).shelf != draw(dataset, 6).shelf);
  CHECK(draw(dataset, 5).mask != draw(dataset, 6).mask);

  auto more_masked = dataset;
  more_masked.scans[0].simulation->masked_pixels = 500;
  CHECK(draw(more_masked, 5).width == draw(dataset, 5).width);
}

TEST_CASE("two scans differ, but agree on the equalisation that they share") {
  auto dataset = test::simulated_dataset("unused");
  dataset.scans.push_back(dataset.scans[0]);
  dataset.scans[1].label = "cold";
  dataset.scans[1].folder = "cold_scan";
  const Truth warm = draw_truth(dataset, dataset.scans[0], 1);
  const Truth cold = draw_truth(dataset, dataset.scans[1], 1);
  CHECK(warm.target != cold.target);
  CHECK(warm.mask != cold.mask);
  CHECK(warm.baseline.mean == cold.baseline.mean);
  CHECK(warm.baseline.width == cold.baseline.width);
}

namespace {

/// A warm and a cold scan of one ASIC from first principles, in folders of their own.
Dataset two_temperatures() {
  auto dataset = test::simulated_dataset("unused");
  dataset.scans[0].source = {};
  dataset.scans[0].simulation->physics.emplace();
  dataset.scans.push_back(dataset.scans[0]);
  ScanSettings& cold = dataset.scans[1];
  cold.label = "cold";
  cold.folder = "cold_scan";
  cold.baseline_folder = "cold_equalisation";
  cold.simulation->target = {131.0, 4.0};
  cold.simulation->width = {3.5, 1.2};
  return dataset;
}

/// The value's distance from its mean, over the spread.
double deviation(double value, const Spread& spread) {
  return (value - spread.mean) / spread.spread;
}

}  // namespace

TEST_CASE("two scans from first principles are of one chip") {
  const Dataset dataset = two_temperatures();
  const auto& [warm_scan, cold_scan] = std::tie(dataset.scans[0], dataset.scans[1]);
  const Truth warm = draw_truth(dataset, warm_scan, 1), cold = draw_truth(dataset, cold_scan, 1);
  check_normal(warm.target, 124.0, 6.0);
  check_normal(cold.target, 131.0, 4.0);
  CHECK(warm.mask == cold.mask);
  CHECK(std::ranges::count(warm.mask, 1) == 50);
  CHECK(warm.baseline.mean != cold.baseline.mean);
  int redrawn = 0;  // a width below 1 DAC is drawn again: for the cold scan some 1200 of the 65,536
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const double warm_target = deviation(warm.target[pixel], warm_scan.simulation->target);
    REQUIRE(deviation(cold.target[pixel], cold_scan.simulation->target) == Approx(warm_target).margin(1e-9));
    const double warm_width = deviation(warm.width[pixel], warm_scan.simulation->width);
    const double cold_width = deviation(cold.width[pixel], cold_scan.simulation->width);
    redrawn += std::abs(warm_width - cold_width) > 1e-9 ? 1 : 0;
  }
  CHECK(redrawn > 500);
  CHECK(redrawn < 2000);
}

TEST_CASE("another ASIC and another seed are another chip") {
  Dataset dataset = two_temperatures();
  const Truth one = draw_truth(dataset, dataset.scans[0], 1);
  CHECK(draw_truth(dataset, dataset.scans[0], 2).target != one.target);
  dataset.asic = "Module0_VP3-2";
  const Truth other = draw_truth(dataset, dataset.scans[0], 1);
  CHECK(other.target != one.target);
  CHECK(other.width != one.width);
  CHECK(other.mask != one.mask);
}

TEST_CASE("the truth from first principles has the lines of the source and the rate of the spot") {
  Dataset dataset = two_temperatures();
  auto& settings = *dataset.scans[0].simulation;
  settings.physics = {.sigma_um = 5.5, .rate = 0.4};
  settings.masked_pixels = 0;
  settings.spot = {100.0, 40.0, 50.0, 0.25};
  const Truth truth = draw(dataset);
  REQUIRE(truth.physics.has_value());
  CHECK(truth.physics->sigma_um == 5.5);
  CHECK(truth.physics->rate(100, 40) == Approx(0.4).epsilon(1e-14));
  CHECK(truth.physics->rate(150, 40) == Approx(0.4 * (0.25 + 0.75 * 0.60653065971263342)).epsilon(1e-14));
  REQUIRE(truth.physics->lines.size() == 2);
  CHECK(truth.physics->lines[0].pairs == Approx(5895.0 / 3.68));
  CHECK(truth.physics->lines[1].energy_ratio == Approx(6490.0 / 5895.0));
  CHECK(truth.physics->lines[1].share == Approx(0.12).margin(0.001));

  settings.masked_pixels = 65'536;
  CHECK(std::ranges::max(draw(dataset).physics->rate) == 0.0);
  dataset.scans[0].source.name = "Fe56";
  CHECK_THROWS_WITH(draw(dataset), Catch::Contains("Did you mean \"Fe55\"?"));
}

TEST_CASE("numbers out of range are drawn again, hopeless settings are refused") {
  auto dataset = test::simulated_dataset("unused");
  auto& settings = *dataset.scans[0].simulation;
  settings.width = {1.2, 1.0};
  CHECK(std::ranges::min(draw(dataset).width) >= 1.0);
  settings.width = {0.5, 0.0};
  CHECK_THROWS_WITH(draw(dataset), Catch::Contains("simulation.width: mean 0.5 and spread 0"));
  CHECK_THROWS_AS(draw(dataset), DescriptorError);
}

TEST_CASE("a scan without a simulation section has no truth") {
  auto dataset = test::simulated_dataset("unused");
  dataset.scans[0].simulation.reset();
  CHECK_THROWS_AS(draw(dataset), DescriptorError);
  CHECK_THROWS_WITH(draw(dataset), Catch::Contains("scan \"warm\" of simulated has no section \"simulation\""));
}
