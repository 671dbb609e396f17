// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/diffusion.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "iron_curve.hpp"
#include "support/simd_levels.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using test::fano_width, test::flux_of, test::gradient_of, test::iron, test::thresholds;

namespace {

double normal(double w) {
  return 0.5 * std::erfc(-w / std::sqrt(2.0));
}

}  // namespace

TEST_CASE("diffusion: all SIMD levels agree, for arrays of any length") {
  const diffusion::DiffusionTable table(test::iron_lines(), {});
  const auto patch = table.patch(4.3, 3.1, 124.0);
  for (std::size_t n = 1; n < 40; ++n) {
    std::vector<double> threshold;
    for (std::size_t i = 0; i < n; ++i) threshold.push_back(30.0 + 150.0 * static_cast<double>((i * 7) % n) / 40.0);
    std::vector<double> flux(n), gradient(4 * n);
    diffusion::diffusion_kernel(SimdLevel::scalar)
        .flux_and_gradient(patch, 0.8, threshold.data(), n, flux.data(), gradient.data());
    for (const SimdLevel level : test::available_simd_levels()) {
      CAPTURE(simd_level_name(level), n);
      constexpr double guard = -12345.0;
      std::vector<double> same(n + 8, guard), alone(n + 8, guard), slopes(4 * n + 8, guard);
      const auto kernel = diffusion::diffusion_kernel(level);
      kernel.flux_and_gradient(patch, 0.8, threshold.data(), n, same.data(), slopes.data());
      kernel.flux(patch, 0.8, threshold.data(), n, alone.data());
      for (std::size_t i = 0; i < n; ++i) {
        REQUIRE(same[i] == Approx(flux[i]).margin(1e-13));
        REQUIRE(alone[i] == Approx(flux[i]).margin(1e-13));
      }
      for (std::size_t i = 0; i < 4 * n; ++i) REQUIRE(slopes[i] == Approx(gradient[i]).margin(1e-12));
      for (std::size_t i = 0; i < 8; ++i) REQUIRE((same[n + i] == guard && slopes[4 * n + i] == guard));
    }
  }
}

TEST_CASE("diffusion: what is no number gives none, and leaves the other thresholds alone") {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const diffusion::DiffusionTable table(test::iron_lines(), {});
  const auto patch = table.patch(4.3, 3.1, 124.0);
  std::vector<double> whole;
  for (int i = 0; i < 21; ++i) whole.push_back(60.0 + 4.0 * i);
  for (const SimdLevel level : test::available_simd_levels()) {
    const auto kernel = diffusion::diffusion_kernel(level);
    const auto values_of = [&](const std::vector<double>& threshold) {
      std::vector<double> values(5 * threshold.size());
      kernel.flux_and_gradient(patch, 0.8, threshold.data(), threshold.size(), values.data(),
                               values.data() + threshold.size());
      return values;
    };
    const std::vector<double> expected = values_of(whole);
    for (std::size_t place : {std::size_t{0}, std::size_t{7}, whole.size() - 1}) {
      std::vector<double> threshold = whole;
      threshold[place] = nan;
      const std::vector<double> values = values_of(threshold);
      for (std::size_t i = 0; i < values.size(); ++i) {
        CAPTURE(simd_level_name(level), place, i);
        if (i % whole.size() == place && i < whole.size()) CHECK(std::isnan(values[i]));
        if (i % whole.size() != place) CHECK(values[i] == Approx(expected[i]).margin(1e-13));
      }
    }
    for (const double value : values_of({nan, nan, nan})) CHECK(std::isnan(value));
    for (const double value : values_of(std::vector<double>(21, nan))) CHECK(std::isnan(value));
  }
  for (std::size_t k = 0; k < 4; ++k) {
    std::vector<double> parameters{0.8, 4.3, 4.5, 124.0};
    parameters[k] = nan;
    for (const double flux : flux_of(iron(), parameters, whole)) CHECK(std::isnan(flux));
  }
}

TEST_CASE("diffusion: the flux falls with the threshold, and is never below 0") {
  for (const double sigma : {0.0, 1.5, 4.3, 9.0, 15.0}) {
    for (const double s : {0.0, 0.6, 4.5, 15.0}) {
      for (const double E0 : {60.0, 124.0, 400.0}) {
        std::vector<double> threshold;
        for (double at = std::max(6.0 * s, 0.01 * E0); at < 3.0 * E0; at += 0.003 * E0) threshold.push_back(at);
        const auto flux = flux_of(iron(), {1.0, sigma, s, E0}, threshold);
        for (std::size_t i = 1; i < flux.size(); ++i) {
          CAPTURE(sigma, s, E0, threshold[i]);
          REQUIRE(flux[i] >= 0.0);
          REQUIRE(flux[i] < flux[i - 1] + 1e-6);
        }
      }
    }
  }
}

TEST_CASE("diffusion: without a cloud the curve is the steps of the lines, smeared by the noise") {
  const auto threshold = thresholds(3.0, 124.0);
  const auto flux = flux_of(iron(), {1.0, 0.0, 3.0, 124.0}, threshold);
  for (std::size_t i = 0; i < threshold.size(); ++i) {
    double expected = 0.0;
    for (const PhotonLine& line : test::iron_lines()) {
      const double width = std::hypot(3.0, fano_width(124.0) * std::sqrt(line.energy_ratio));
      expected += line.share * normal((124.0 * line.energy_ratio - threshold[i]) / width);
    }
    CHECK(flux[i] == Approx(expected).margin(1e-5));
  }
}

TEST_CASE("diffusion: close to the baseline, photons that are nowhere near do not count") {
  const std::vector<double> threshold{-5.0, 0.0, 1.0, 5.0, 13.0, 26.0};
  const auto flux = flux_of(iron(), {1.0, 4.3, 4.5, 124.0}, threshold);
  for (std::size_t i = 0; i < threshold.size(); ++i) CHECK((flux[i] > 0.0 && flux[i] < 3.0));
  CHECK(flux[0] == flux[1]);
}

TEST_CASE("diffusion: outside the domain, where minimisers stray, values and gradients are finite") {
  for (std::size_t k = 0; k < 4; ++k) {
    for (const double value : {-1.0, -1e-6, 0.0, 1e-6, 30.0, 1e6}) {
      std::vector<double> parameters{0.8, 4.3, 4.5, 124.0};
      parameters[k] = value;
      CAPTURE(k, value);
      for (const double flux : flux_of(iron(), parameters, {60.0, 124.0, 1e4})) CHECK(std::isfinite(flux));
      for (const double slope : gradient_of(parameters, {60.0, 124.0, 1e4})) CHECK(std::isfinite(slope));
    }
  }
}

TEST_CASE("diffusion: start values lie in the domain and give the plateau of the curve's shape") {
  const LineShape shape{124.0, 4.6, 0.8, 4e-3};
  std::vector<double> start(4);
  iron().start_values(shape, start);
  for (std::size_t k = 0; k < 4; ++k) CHECK(iron().parameters()[k].contains(start[k]));
  CHECK(start[3] == 124.0);
  CHECK(std::hypot(start[2], fano_width(124.0)) == Approx(4.6));
  CHECK(flux_of(iron(), start, {62.0})[0] == Approx(0.8 + 62.0 * 4e-3));
}

TEST_CASE("diffusion: the amplitude is R") {
  CHECK(iron().amplitude_index() == 0);
  CHECK(iron().index_of("E0") == 3);
  CHECK(gradient_of({2.0, 4.3, 4.5, 124.0}, {80.0})[0] == Approx(flux_of(iron(), {1.0, 4.3, 4.5, 124.0}, {80.0})[0]));
}

TEST_CASE("diffusion: lines and sensors that give no curve are refused") {
  std::vector<PhotonLine> lines = test::iron_lines();
  Sensor sensor;
  const auto refused = [&](const std::string& text) {
    CHECK_THROWS_AS(DiffusionModel(lines, sensor), UsageError);
    CHECK_THROWS_WITH(DiffusionModel(lines, sensor), Catch::StartsWith(text));
  };
  SECTION("no line") {
    lines.clear();
    refused("model diffusion has no photon line (it needs one or more)");
  }
  SECTION("shares that do not sum to 1") {
    lines[1].share = 0.2;
    refused("the sum of the lines' shares is 1.08");
  }
  SECTION("a share that is no number") {
    lines[1].share = std::nan("");
    refused("a line's share is nan");
  }
  SECTION("a first line that is not the unit") {
    lines[0].energy_ratio = 1.1;
    refused("the first line's energy ratio is 1.1 (model diffusion takes 1 to 1)");
  }
  SECTION("too few pairs") {
    lines[0].pairs = 5.9;
    refused("a line's pairs is 5.9");
  }
  SECTION("no attenuation") {
    lines[0].attenuation_um = 0.0;
    refused("a line's attenuation length [um] is 0");
  }
  SECTION("a sensor of no pitch") {
    sensor.pitch_um = 0.0;
    refused("the sensor's pitch [um] is 0");
  }
  SECTION("a sensor of no thickness") {
    sensor.thickness_um = 0.0;
    refused("the sensor's thickness [um] is 0");
  }
}
