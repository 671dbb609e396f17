// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <limits>

#include "velocal/model/flux_model.hpp"
#include "velocal/model/terms.hpp"

namespace velocal::models {

/// FAB with a width of its own, s2, for the photo-peak step. Source: docs/physics.md.
struct F2sAB {
  static constexpr std::string_view name = "F2sAB";
  static constexpr std::string_view formula = "-A d erfc(d/s) + B erfc(d/(sqrt(2) s2))/(sqrt(2 pi) s2), d = E - E0";
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  static constexpr std::array<ModelParameter, 5> parameters{{
      {"B", "DAC hits/s", 0.0, infinity},
      {"A", "hits/s/DAC", 0.0, infinity, true, true},
      {"s", "DAC", 0.0, infinity, false, false, true},
      {"s2", "DAC", 0.0, infinity},
      {"E0", "DAC", 0.0, infinity},
  }};

  template <class Real>
  static Real at(Real threshold, const double* parameters, Real* gradient) {
    const auto [B, A, s, s2, E0] =
        std::array{parameters[0], parameters[1], parameters[2], parameters[3], parameters[4]};
    const Real d = threshold - E0;
    const auto shelf = terms::plain_shelf(d, s);
    const auto peak = terms::photo_peak(d, s2);
    gradient[0] = peak.value;
    gradient[1] = shelf.value;
    gradient[2] = shelf.d_s * A;
    gradient[3] = peak.d_s * B;
    gradient[4] = -(shelf.d_d * A + peak.d_d * B);
    return shelf.value * A + peak.value * B;
  }

  static std::array<double, 5> start(const LineShape& shape) {
    // Far below the line F = 2 A |d| + 2 B / (sqrt(2 pi) s2).
    const double B = 0.5 * shape.step * shape.width / terms::inv_sqrt_2pi;
    return {B, 0.5 * shape.slope, shape.width, shape.width, shape.line};
  }
};

}  // namespace velocal::models
