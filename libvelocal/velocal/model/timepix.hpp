// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/model/shelf_and_step.hpp"

namespace velocal::models {

/// The form used for Timepix threshold scans. Source: docs/physics.md.
struct Timepix {
  static constexpr std::string_view name = "timepix";
  static constexpr std::string_view formula = "A exp(-d^2/(2 s^2)) + B erfc(d/(sqrt(2) s)), d = E - E0";
  static constexpr auto parameters = free_amplitudes("hits/s", "hits/s");

  template <class Real>
  static Real at(Real threshold, const double* parameters, Real* gradient) {
    const auto [B, A, s, E0] = std::array{parameters[0], parameters[1], parameters[2], parameters[3]};
    const Real d = threshold - E0;
    const auto peak = terms::photo_peak(d, s);
    const double norm = s / terms::inv_sqrt_2pi;  // erfc(d/(sqrt(2) s)) = norm photo_peak
    const Real density = -peak.d_d;               // exp(-d^2/(2 s^2)) / (pi s^2)
    const Real gauss = density * (std::numbers::pi * s * s);
    const Real t = d * (1.0 / s);
    gradient[0] = peak.value * norm;
    gradient[1] = gauss;
    gradient[2] = gauss * t * t * (A / s) + (peak.d_s * norm + peak.value * (1.0 / terms::inv_sqrt_2pi)) * B;
    gradient[3] = gauss * t * (A / s) + density * (norm * B);
    return gauss * A + peak.value * (norm * B);
  }

  static std::array<double, 4> start(const LineShape& shape) {
    // Far below the line F = 2 B; a small bump keeps A within its domain.
    return {0.5 * shape.step, 0.05 * shape.step, shape.width, shape.line};
  }
};

}  // namespace velocal::models
