// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/censored_gaussian.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "velocal/noise/counter_code.hpp"
#include "velocal/noise/noise_moments.hpp"

// The logarithm of the expected hits is a parabola in the threshold. The log-likelihood is concave in the parabola's
// three coefficients, for the censored readings too: a gamma distribution, P(n >= 63), is log-concave in the logarithm
// of its argument. Newton's steps, shortened where they overshoot, therefore find the only maximum.

namespace velocal {
namespace {

constexpr int most_steps = 60;
constexpr double converged = 1e-9;          ///< largest gain of the log-likelihood that a last step still promises
constexpr double surely_full = 160;         ///< expected hits from which on P(n >= 63) is 1 to double precision
constexpr double surely_empty = -36;        ///< logarithm of the expected hits below which a reading of 0 adds nothing
constexpr double finest_width = 1.0 / 3.0;  ///< steps of the threshold

/// A reading's logarithm of the likelihood and its derivatives by the logarithm of the expected hits.
struct Term {
  double value = 0.0;
  double first = 0.0;
  double second = 0.0;
};

Term counted(double hits, double log_expected) {
  const double expected = std::exp(log_expected);
  return {hits * log_expected - expected, hits - expected, -expected};
}

/// P(n >= k) = expected^k e^-expected/k! * series, with series = 1 + expected/(k + 1) + ...
Term full(double log_expected) {
  static const double log_factorial = std::lgamma(full_counter + 1.0);
  const double expected = std::exp(log_expected);
  if (expected > surely_full) return {};
  double series = 1.0, term = 1.0;
  for (int n = full_counter + 1; term > 1e-16 * series; ++n) {
    term *= expected / n;
    series += term;
  }
  const double slope = full_counter / series;
  return {full_counter * log_expected - expected - log_factorial + std::log(series), slope,
          slope * (full_counter - expected - slope)};
}

/// Coefficients of the parabola over (threshold - centre)/scale.
class Bump {
 public:
  Bump(const NoiseReadings& readings, const NoiseEstimate& start)
      : readings_(readings), centre_(start.mean), scale_(std::max(start.width, static_cast<double>(readings.step))) {}

  struct Point {
    double value = 0.0;
    Eigen::Vector3d gradient = Eigen::Vector3d::Zero();
    Eigen::Matrix3d curvature = Eigen::Matrix3d::Zero();  ///< of minus the log-likelihood
  };

  /// A Gaussian with the hits that were counted.
  Eigen::Vector3d start(double hits) const {
    return {std::log(hits * readings_.step / (scale_ * std::sqrt(2.0 * std::numbers::pi))), 0.0, -0.5};
  }

  Point at(const Eigen::Vector3d& coefficients) const {
    Point point;
    for (std::size_t i = 0; i < readings_.hits.size(); ++i) {
      const double x = (readings_.threshold[i] - centre_) / scale_;
      const Eigen::Vector3d powers{1.0, x, x * x};
      const double log_expected = coefficients.dot(powers);
      if (readings_.hits[i] == 0 && log_expected < surely_empty) continue;
      const Term term =
          readings_.hits[i] >= full_counter ? full(log_expected) : counted(readings_.hits[i], log_expected);
      point.value += term.value;
      point.gradient += term.first * powers;
      point.curvature -= term.second * powers * powers.transpose();
    }
    return point;
  }

  /// Mean -b/2c and width 1/sqrt(-2c) of the parabola a + b x + c x^2, the error through the inverse curvature.
  NoiseEstimate estimate(const Eigen::Vector3d& coefficients, const Eigen::Matrix3d& curvature) const {
    const double b = coefficients[1], c = coefficients[2];
    const double width = scale_ / std::sqrt(-2.0 * c);
    if (!(c < 0.0) || width < finest_width * readings_.step || width > sweep()) return {};
    const Eigen::Vector3d slope{0.0, -1.0 / (2.0 * c), b / (2.0 * c * c)};
    const double variance = slope.dot(curvature.ldlt().solve(slope));
    if (!(variance > 0.0)) return {};
    return {centre_ - scale_ * b / (2.0 * c), scale_ * std::sqrt(variance), width};
  }

 private:
  double sweep() const { return readings_.threshold.front() - readings_.threshold.back(); }

  const NoiseReadings& readings_;
  double centre_;
  double scale_;
};

}  // namespace

NoiseEstimate censored_gaussian(const NoiseReadings& readings) {
  const NoiseEstimate start = noise_moments(readings);
  if (!(start.width >= 0.0)) return {};
  const Bump bump(readings, start);
  Eigen::Vector3d coefficients = bump.start(hit_sums(readings).hits);
  Bump::Point point = bump.at(coefficients);
  for (int step = 0; step < most_steps; ++step) {
    Eigen::Vector3d change = point.curvature.ldlt().solve(point.gradient);
    const double promised = point.gradient.dot(change);
    if (!(promised > 0.0) && promised != 0.0) return {};
    if (promised < converged) return bump.estimate(coefficients, point.curvature);
    Bump::Point next = bump.at(coefficients + change);
    while (!(next.value >= point.value) && change.norm() > 1e-12) {
      change *= 0.5;
      next = bump.at(coefficients + change);
    }
    coefficients += change;
    point = next;
  }
  return {};
}

}  // namespace velocal
