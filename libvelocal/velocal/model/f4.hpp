// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/model/shelf_and_step.hpp"

namespace velocal::models {

/// Shelf and step smeared by one normal distribution of standard deviation s. Source: docs/physics.md.
struct F4 {
  static constexpr std::string_view name = "F4";
  static constexpr std::string_view formula =
      "A [s sqrt(2/pi) exp(-d^2/(2 s^2)) - d erfc(d/(sqrt(2) s))] + B sqrt(pi/2) s erfc(d/(sqrt(2) s)), d = E - E0";
  static constexpr auto parameters = free_amplitudes("hits/s/DAC", "hits/s/DAC");

  template <class Real>
  static Real at(Real threshold, const double* parameters, Real* gradient) {
    const auto [B, A, s, E0] = std::array{parameters[0], parameters[1], parameters[2], parameters[3]};
    const Real d = threshold - E0;
    const auto shelf = terms::smeared_shelf(d, std::numbers::sqrt2 * s);
    const auto peak = terms::photo_peak(d, s);
    // sqrt(pi/2) s erfc(d/(sqrt(2) s)) = pi s^2 photo_peak
    const double area = std::numbers::pi * s * s;
    gradient[0] = peak.value * area;
    gradient[1] = shelf.value;
    gradient[2] = shelf.d_s * (std::numbers::sqrt2 * A) + (peak.d_s + peak.value * (2.0 / s)) * (area * B);
    gradient[3] = -(shelf.d_d * A + peak.d_d * (area * B));
    return shelf.value * A + peak.value * (area * B);
  }

  static std::array<double, 4> start(const LineShape& shape) {
    // Far below the line F = 2 A |d| + sqrt(2 pi) s B.
    return {shape.step * terms::inv_sqrt_2pi / shape.width, 0.5 * shape.slope, shape.width, shape.line};
  }
};

}  // namespace velocal::models
