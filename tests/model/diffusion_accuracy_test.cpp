// SPDX-License-Identifier: GPL-3.0-or-later
// The diffusion model's curve against integrals of its definition.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>

#include "iron_curve.hpp"
#include "support/line_curves.hpp"

using namespace velocal;
using test::flux_of, test::iron, test::thresholds;

namespace {

double largest_difference(const FluxModel& model, const test::DiffusionIntegral& integral, double sigma, double s,
                          double E0) {
  const auto threshold = thresholds(s, E0);
  const auto flux = flux_of(model, {1.0, sigma, s, E0}, threshold);
  const auto expected = integral(s, E0, threshold);
  double largest = 0.0;
  for (std::size_t i = 0; i < flux.size(); ++i) largest = std::max(largest, std::abs(flux[i] - expected[i]));
  return largest;
}

}  // namespace

TEST_CASE("diffusion: the curve is its definition's integral, to 1e-5 of R", "[thorough]") {
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
