// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/gain_line.hpp"

#include <cmath>

namespace velocal {
namespace {

/// Weights and weighted means.
struct Centre {
  double weight = 0.0;
  double pairs = 0.0;
  double target = 0.0;
};

double weight_of(const LinePosition& position) {
  return 1.0 / (position.error * position.error);
}

Centre centre_of(std::span<const LinePosition> positions) {
  Centre centre;
  for (const LinePosition& position : positions) {
    centre.weight += weight_of(position);
    centre.pairs += weight_of(position) * position.pairs;
    centre.target += weight_of(position) * position.target;
  }
  centre.pairs /= centre.weight;
  centre.target /= centre.weight;
  return centre;
}

}  // namespace

GainLine fit_gain_line(std::span<const LinePosition> positions) {
  if (positions.size() < 2) return {};
  const Centre centre = centre_of(positions);
  double squares = 0.0, products = 0.0;
  for (const LinePosition& position : positions) {
    const double pairs = position.pairs - centre.pairs;
    squares += weight_of(position) * pairs * pairs;
    products += weight_of(position) * pairs * (position.target - centre.target);
  }
  if (!(products > 0.0)) return {};
  const double gain = squares / products, slope_error = 1.0 / std::sqrt(squares);
  GainLine line{.offset = {centre.target - centre.pairs / gain,
                           std::hypot(1.0 / std::sqrt(centre.weight), centre.pairs * slope_error)},
                .gain = {gain, gain * gain * slope_error},
                .chi2 = 0.0,
                .ndf = static_cast<int>(positions.size()) - 2};
  for (const LinePosition& position : positions) {
    const double pull = (position.target - line.offset.value - position.pairs / gain) / position.error;
    line.chi2 += pull * pull;
  }
  return line;
}

}  // namespace velocal
