// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/systematics.hpp"

#include <cmath>
#include <utility>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

// The design of the VeloPix: step of the threshold's DAC and gain of the preamplifier.
constexpr double threshold_step_mV = 0.38;             // per DAC
constexpr Uncertain amplifier_mV{24.6, 0.033 * 24.6};  // per 1000 e-

}  // namespace

Uncertain design_gain() {
  const double gain = 1000.0 * threshold_step_mV / amplifier_mV.value;
  return {gain, gain * amplifier_mV.error / amplifier_mV.value};
}

double design_distance(Uncertain gain, double systematic) {
  const Uncertain design = design_gain();
  return (gain.value - design.value) / std::hypot(gain.error, systematic, design.error);
}

GainSystematics gain_systematics(std::vector<Uncertain> gain, double common_error) {
  if (gain.empty())
    throw UsageError("there is no variant of the analysis to compare", "the list is empty",
                     "Give the reference, and the variants after it");
  GainSystematics result;
  double sum = 0.0;
  double squares = 0.0;
  for (std::size_t variant = 0; variant < gain.size(); ++variant) {
    const double difference = gain[variant].value - gain.front().value;
    result.difference.push_back(difference);
    if (variant == 0 || std::isnan(difference)) continue;
    ++result.variants;
    sum += std::abs(difference);
    squares += difference * difference;
  }
  if (result.variants > 0) {
    result.quadrature = std::sqrt(squares);
    result.mean_absolute = sum / static_cast<double>(result.variants);
  }
  result.distance = design_distance(gain.front(), std::hypot(result.quadrature, common_error));
  result.gain = std::move(gain);
  return result;
}

Systematics systematics(std::span<const Calibration> variants) {
  std::vector<Uncertain> mean, asic, asic_good;
  for (const Calibration& variant : variants) {
    mean.push_back({variant.gain_means.mean, variant.gain_means.mean_error});
    asic.push_back(variant.asic.gain);
    asic_good.push_back(variant.asic_good.gain);
  }
  const double common = variants.empty() ? 0.0 : variants.front().common_gain_error();
  return {gain_systematics(std::move(mean), common), gain_systematics(std::move(asic), common),
          gain_systematics(std::move(asic_good), common)};
}

}  // namespace velocal
