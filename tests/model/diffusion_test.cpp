// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/diffusion.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>

#include "support/diffusion_integral.hpp"

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
