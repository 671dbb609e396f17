// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/diffusion.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>

#include "support/diffusion_integral.hpp"
#include "support/line_curves.hpp"
#include "support/simd_levels.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;

namespace {

const DiffusionModel& iron() {
  static const DiffusionModel model(test::iron_lines(), {});
  return model;
}

std::vector<double> flux_of(const FluxModel& model, const std::vector<double>& parameters,
                            const std::vector<double>& threshold) {
  std::vector<double> flux(threshold.size());
  model.flux(parameters, threshold, flux);
  return flux;
}

/// From where the formula holds to where nothing is left.
std::vector<double> thresholds(double s, double E0) {
  std::vector<double> threshold;
  const double begin = std::max({6.0 * s, 3.0, E0 / 100.0});
  const double end = 1.15 * E0 + 5.0 * (s + 0.01 * E0);
  for (int i = 0; i < 40; ++i) threshold.push_back(begin + (end - begin) * i / 39.0);
  return threshold;
}

double largest_difference(const FluxModel& model, const test::DiffusionIntegral& integral, double sigma, double s,
                          double E0) {
  const auto threshold = thresholds(s, E0);
  const auto flux = flux_of(model, {1.0, sigma, s, E0}, threshold);
  const auto expected = integral(s, E0, threshold);
  double largest = 0.0;
  for (std::size_t i = 0; i < flux.size(); ++i) largest = std::max(largest, std::abs(flux[i] - expected[i]));
  return largest;
}

/// Central difference of the flux itself, at each threshold.
std::vector<double> difference(const std::vector<double>& parameters, std::size_t k, double step,
                               const std::vector<double>& threshold) {
  std::vector<double> moved = parameters;
  moved[k] = parameters[k] + step;
  std::vector<double> above = flux_of(iron(), moved, threshold);
  moved[k] = parameters[k] - step;
  const std::vector<double> below = flux_of(iron(), moved, threshold);
  for (std::size_t i = 0; i < above.size(); ++i) above[i] = (above[i] - below[i]) / (2.0 * step);
  return above;
}

std::vector<double> gradient_of(const std::vector<double>& parameters, const std::vector<double>& threshold) {
  std::vector<double> flux(threshold.size()), gradient(4 * threshold.size());
  iron().flux_and_gradient(parameters, threshold, flux, gradient);
  return gradient;
}

double normal(double w) {
  return 0.5 * std::erfc(-w / std::sqrt(2.0));
}

/// Fano's width of the first line [DAC].
double fano_width(double E0) {
  return E0 * std::sqrt(0.119 / test::iron_lines()[0].pairs);
}

}  // namespace

TEST_CASE("diffusion: the curve is its definition's integral, to 1e-5 of R") {
  const double sigma = GENERATE(1.0, 2.6, 4.3, 7.1, 9.4, 11.4, 13.6, 15.0);
  const test::DiffusionIntegral integral(test::iron_lines(), {}, sigma);
  double largest = 0.0;
  for (const double s : {0.0, 0.4, 2.3, 4.5, 10.0, 15.0}) {
    for (const double E0 : {60.0, 124.0, 400.0}) {
      CAPTURE(sigma, s, E0);
      const double difference = largest_difference(iron(), integral, sigma, s, E0);
      CHECK(difference < 1e-5);
      largest = std::max(largest, difference);
    }
  }
  std::cout << "diffusion, sigma " << sigma << " um: within " << largest << " R of the integral\n";
}

TEST_CASE("diffusion: any sensor, lit from either side, and any lines") {
  const Sensor sensor{40.0, 120.0, IlluminatedSide::front};
  const std::vector<PhotonLine> lines{{1.0, 0.7, 2200.0, 60.0}, {1.6, 0.3, 3520.0, 150.0}};
  const double sigma = GENERATE(3.0, 9.0);
  const DiffusionModel model(lines, sensor);
  const test::DiffusionIntegral integral(lines, sensor, sigma);
  CHECK(largest_difference(model, integral, sigma, 4.5, 124.0) < 1e-5);
  CHECK(largest_difference(model, integral, sigma, 0.0, 300.0) < 1e-5);
}

TEST_CASE("diffusion: the curves integrated from first principles are met to 1e-5") {
  if (!test::have_line_curves()) return;
  auto lines = test::iron_lines();
  for (PhotonLine& line : lines) line.pairs *= 3.68 / 3.69;
  const DiffusionModel both(lines, {});
  lines.resize(1);
  lines[0].share = 1.0;
  const DiffusionModel alpha(lines, {});
  const auto curves = test::read_line_curves();
  CHECK(curves.size() == 8);
  for (const auto& [name, points] : curves) {
    const auto& [sigma, s, E0, which] = name;
    const DiffusionModel& model = which == "Ka" ? alpha : both;
    double largest = 0.0;
    for (const auto& [threshold, expected] : points) {
      const auto flux = flux_of(model, {1.0, std::stod(sigma), std::stod(s), std::stod(E0)}, {threshold});
      largest = std::max(largest, std::abs(flux[0] - expected));
    }
    CAPTURE(sigma, s, E0, which);
    CHECK(largest < 1e-5);
    std::cout << "diffusion, curve of " << sigma << " um, " << s << " and " << E0 << " DAC: within " << largest << '\n';
  }
}

TEST_CASE("diffusion: each gradient is the derivative of the flux itself") {
  // The flux is a spline: its third derivatives are at most some 10 over the cube of the length over which it changes,
  // and the difference's error is step^2/6 of that.
  for (const std::vector<double>& parameters :
       {std::vector{0.8, 4.3, 4.5, 124.0}, std::vector{2.0, 13.2, 0.9, 60.0}, std::vector{0.1, 1.1, 14.0, 390.0},
        std::vector{0.5, 8.8, 2.7, 210.0}, std::vector{0.5, 0.2, 6.0, 124.0}}) {
    const auto threshold = thresholds(0.5 * parameters[2], parameters[3]);
    const auto gradient = gradient_of(parameters, threshold);
    const double width = std::hypot(parameters[2], fano_width(parameters[3]));
    const std::array<double, 4> scale{parameters[0], 1.0, width * width / parameters[2], width};
    for (std::size_t k = 0; k < 4; ++k) {
      const auto expected = difference(parameters, k, 1e-4 * scale[k], threshold);
      for (std::size_t i = 0; i < threshold.size(); ++i) {
        CAPTURE(parameters, k, threshold[i]);
        REQUIRE(gradient[k * threshold.size() + i] ==
                Approx(expected[i]).margin(3e-7 * parameters[0] / scale[k]).epsilon(1e-6));
      }
    }
  }
}

TEST_CASE("diffusion: the derivative by s is one by s^2 where s is little of the width, and of use at s = 0") {
  const auto threshold = thresholds(1.0, 124.0);
  const double least = 0.5 * fano_width(124.0);
  const double s = GENERATE(0.0, 0.05, 0.2, 0.5);
  const auto gradient = gradient_of({0.8, 4.3, s, 124.0}, threshold);
  constexpr double step = 1e-3;  // of s^2
  const auto flux = flux_of(iron(), {0.8, 4.3, s, 124.0}, threshold);
  const auto above = flux_of(iron(), {0.8, 4.3, std::sqrt(s * s + step), 124.0}, threshold);
  const auto by_E0 = difference({0.8, 4.3, s, 124.0}, 3, 1e-3, threshold);
  double largest = 0.0;
  for (std::size_t i = 0; i < threshold.size(); ++i) {
    const double by_square = (above[i] - flux[i]) / step;
    CHECK(gradient[2 * threshold.size() + i] == Approx(2.0 * least * by_square).margin(2e-4));
    CHECK(gradient[3 * threshold.size() + i] == Approx(by_E0[i]).margin(1e-6));
    largest = std::max(largest, std::abs(gradient[2 * threshold.size() + i]));
  }
  CHECK(largest > 0.005);
}

TEST_CASE("diffusion: a width below 0 is none, and tells a fit nothing") {
  const auto threshold = thresholds(0.0, 124.0);
  CHECK(flux_of(iron(), {0.8, 4.3, -2.0, 124.0}, threshold) == flux_of(iron(), {0.8, 4.3, 0.0, 124.0}, threshold));
  const auto gradient = gradient_of({0.8, 4.3, -2.0, 124.0}, threshold);
  for (std::size_t i = 0; i < threshold.size(); ++i) CHECK(gradient[2 * threshold.size() + i] == 0.0);
}

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
