// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <catch2/catch.hpp>

#include "iron_curve.hpp"

using namespace velocal;
using test::fano_width, test::flux_of, test::gradient_of, test::iron, test::thresholds;

namespace {

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

}  // namespace

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
