// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/distance_gain.hpp"

#include <algorithm>
#include <cmath>

#include "velocal/core/charge_zero.hpp"

namespace velocal {
namespace {

constexpr double relative_systematic = 0.015;

}  // namespace

std::optional<DistanceGain> distance_gain(const ScanFit& fit, const Calibration& calibration) {
  const auto zero = std::ranges::find(fit.shared, quantity::charge_zero, &SharedParameter::name);
  if (zero == fit.shared.end() || calibration.target_means.pixels == 0) return {};
  const double target_dac = calibration.target_means.mean, charge_dac = target_dac - zero->value.value;
  const double gain = calibration.gain_means.mean * target_dac / charge_dac;
  const double error = gain / charge_dac * std::abs(1.0 - zero->line_slope) * zero->value.error;
  return DistanceGain{zero->value, {gain, error}, relative_systematic * gain};
}

}  // namespace velocal
