// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <limits>

#include "velocal/model/flux_model.hpp"
#include "velocal/model/terms.hpp"

namespace velocal::models {

/// F1_0 with a width of its own, s2, for the photo-peak step.
/// Source: docs/physics.md.
struct F2s_0 {
  static constexpr std::string_view name = "F2s_0";
  static constexpr std::string_view formula =
      "f A/2 [s/sqrt(pi) exp(-(d/s)^2) - d erfc(d/s)] + (1 - f) A/2 erfc(d/(sqrt(2) s2))/(sqrt(2 pi) s2), d = E - E0";
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  static constexpr std::array<ModelParameter, 5> parameters{{
      {"f", "", 0.0, 1.0, true},
      {"A", "DAC hits/s", 0.0, infinity, false, true},
      {"s", "DAC", 0.0, infinity, false, false, true},
      {"s2", "DAC", 0.0, infinity},
      {"E0", "DAC", 0.0, infinity},
  }};

  template <class Real>
  static Real at(Real threshold, const double* parameters, Real* gradient) {
    const auto [f, A, s, s2, E0] =
        std::array{parameters[0], parameters[1], parameters[2], parameters[3], parameters[4]};
    const Real d = threshold - E0;
    const auto shelf = terms::smeared_shelf(d, s);
    const auto peak = terms::photo_peak(d, s2);
    const double shelf_weight = 0.5 * f * A;
    const double peak_weight = 0.5 * (1.0 - f) * A;
    const Real shape = shelf.value * (0.5 * f) + peak.value * (0.5 * (1.0 - f));
    gradient[0] = (shelf.value - peak.value) * (0.5 * A);
    gradient[1] = shape;
    gradient[2] = shelf.d_s * shelf_weight;
    gradient[3] = peak.d_s * peak_weight;
    gradient[4] = -(shelf.d_d * shelf_weight + peak.d_d * peak_weight);
    return shape * A;
  }

  static std::array<double, 5> start(const LineShape& shape) {
    // Far below the line F = f A |d| + (1 - f) A / (sqrt(2 pi) s2). A shelf narrower than the step leads astray.
    const double A = shape.slope + shape.step * shape.width / terms::inv_sqrt_2pi;
    return {shape.slope / A, A, 2.0 * shape.width, shape.width, shape.line};
  }
};

}  // namespace velocal::models
