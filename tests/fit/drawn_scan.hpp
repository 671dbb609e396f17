// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "support/pixel_cube.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/fit/fit_scan.hpp"

namespace velocal::test {

/// Pixels 0, 1, ... of a scan with what they were drawn from.
struct DrawnScan {
  FluxCube cube;
  std::vector<std::vector<double>> truth;  ///< [pixel]: f, A, s, E0
};

inline constexpr double drawn_background = 2e-6;  ///< hits/s per pixel

/// Pixels that differ as those of a simulated scan do: F1_0 with f 4e-4 +- 5e-5, A 1...10 (0.09...0.9 hits/s below the
/// line), s 4.5 +- 0.8 but at least 1, E0 1549 +- 7.2; a flat background; thresholds 1480...1600.
inline DrawnScan draw_scan(std::size_t pixels, double live_time_s, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<> normal;
  std::uniform_real_distribution<> uniform;
  DrawnScan scan{masked_cube(threshold_range(1480, 1600), live_time_s), {}};
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    const double f = 4e-4 + 5e-5 * normal(random);
    const double A = 1.0 + 9.0 * uniform(random);
    const double s = std::max(1.0, 4.5 + 0.8 * normal(random));
    scan.truth.push_back({f, A, s, 1549.0 + 7.2 * normal(random)});
    auto expected = expected_counts(scan.cube, "F1_0", scan.truth.back());
    for (double& mean : expected) mean += live_time_s * drawn_background;
    set_pixel(scan.cube, pixel, drawn(expected, random));
  }
  return scan;
}

/// Pixels 0, 1, ... of one truth: F1_0's parameters and the background, thresholds 1480...1600.
inline FluxCube draw_equal_pixels(std::size_t pixels, double live_time_s, const std::vector<double>& parameters) {
  std::mt19937_64 random(23);
  FluxCube cube = masked_cube(threshold_range(1480, 1600), live_time_s);
  auto expected = expected_counts(cube, "F1_0", parameters);
  for (double& mean : expected) mean += live_time_s * drawn_background;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) set_pixel(cube, pixel, drawn(expected, random));
  return cube;
}

/// Settings that the Poisson statistic is meant to be used with.
inline FitSettings poisson_settings() {
  FitSettings settings = reference_settings();
  settings.statistic = "poisson";
  settings.covariance = Covariance::absolute;
  settings.start = StartValues::automatic;
  return settings;
}

/// Mean, standard deviation and largest of numbers.
class Sample {
 public:
  void add(double value) {
    n_ += 1.0;
    sum_ += value;
    squares_ += value * value;
    largest_ = std::max(largest_, value);
  }
  double size() const { return n_; }
  double largest() const { return largest_; }
  double mean() const { return sum_ / n_; }
  double deviation() const { return std::sqrt(squares_ / n_ - mean() * mean()); }

 private:
  double n_ = 0.0;
  double sum_ = 0.0;
  double squares_ = 0.0;
  double largest_ = -std::numeric_limits<double>::infinity();
};

}  // namespace velocal::test
