// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "support/diffusion_integral.hpp"
#include "velocal/model/diffusion.hpp"

// The curve of Fe-55 in the default sensor, which tests of the diffusion model look at.

namespace velocal::test {

inline const DiffusionModel& iron() {
  static const DiffusionModel model(iron_lines(), {});
  return model;
}

inline std::vector<double> flux_of(const FluxModel& model, const std::vector<double>& parameters,
                                   const std::vector<double>& threshold) {
  std::vector<double> flux(threshold.size());
  model.flux(parameters, threshold, flux);
  return flux;
}

/// From where the formula holds to where nothing is left.
inline std::vector<double> thresholds(double s, double E0) {
  std::vector<double> threshold;
  const double begin = std::max({6.0 * s, 3.0, E0 / 100.0});
  const double end = 1.15 * E0 + 5.0 * (s + 0.01 * E0);
  for (int i = 0; i < 40; ++i) threshold.push_back(begin + (end - begin) * i / 39.0);
  return threshold;
}

inline std::vector<double> gradient_of(const std::vector<double>& parameters, const std::vector<double>& threshold) {
  std::vector<double> flux(threshold.size()), gradient(4 * threshold.size());
  iron().flux_and_gradient(parameters, threshold, flux, gradient);
  return gradient;
}

/// Fano's width of the first line [DAC].
inline double fano_width(double E0) {
  return E0 * std::sqrt(0.119 / iron_lines()[0].pairs);
}

}  // namespace velocal::test
