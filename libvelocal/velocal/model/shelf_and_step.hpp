// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <limits>

#include "velocal/model/flux_model.hpp"
#include "velocal/model/terms.hpp"

namespace velocal::models {

/// A shelf of shared charge and a photo-peak step of one width s, weighted by the share f of the shelf and an overall
/// amplitude A: F = fA/2 shelf + (1-f)A/2 step. `Shelf::at(d, s, gauss)` gives the shelf's Term.
template <class Shelf>
struct SharedShelfAndStep {
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  static constexpr std::array<ModelParameter, 4> parameters{{
      {"f", "", 0.0, 1.0, true},
      {"A", "DAC hits/s", 0.0, infinity, false, true},
      {"s", "DAC", 0.0, infinity},
      {"E0", "DAC", 0.0, infinity},
  }};

  template <class Real>
  static Real at(Real threshold, const double* parameters, Real* gradient) {
    const auto [f, A, s, E0] = std::array{parameters[0], parameters[1], parameters[2], parameters[3]};
    const Real d = threshold - E0;
    const Real gauss = terms::gauss(d, s);
    const auto shelf = Shelf::at(d, s, gauss);
    const auto peak = terms::photo_peak(d, s, gauss);
    const double shelf_weight = 0.5 * f * A;
    const double peak_weight = 0.5 * (1.0 - f) * A;
    const Real shape = shelf.value * (0.5 * f) + peak.value * (0.5 * (1.0 - f));
    gradient[0] = (shelf.value - peak.value) * (0.5 * A);
    gradient[1] = shape;
    gradient[2] = shelf.d_s * shelf_weight + peak.d_s * peak_weight;
    gradient[3] = -(shelf.d_d * shelf_weight + peak.d_d * peak_weight);
    return shape * A;
  }

  static std::array<double, 4> start(const LineShape& shape) {
    // Far below the line F = f A |d| + (1 - f) A / (sqrt(2 pi) s).
    const double A = shape.slope + shape.step * shape.width / terms::inv_sqrt_2pi;
    return {shape.slope / A, A, shape.width, shape.line};
  }
};

/// Parameters of a curve whose step (B) and the rest (A), which may vanish, have an amplitude each, of these units.
constexpr std::array<ModelParameter, 4> free_amplitudes(std::string_view unit_of_B, std::string_view unit_of_A) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return {{{"B", unit_of_B, 0.0, infinity},
           {"A", unit_of_A, 0.0, infinity, true, true},
           {"s", "DAC", 0.0, infinity},
           {"E0", "DAC", 0.0, infinity}}};
}

/// The same with an amplitude each: F = A shelf + B step.
template <class Shelf>
struct FreeShelfAndStep {
  static constexpr auto parameters = free_amplitudes("DAC hits/s", "hits/s/DAC");

  template <class Real>
  static Real at(Real threshold, const double* parameters, Real* gradient) {
    const auto [B, A, s, E0] = std::array{parameters[0], parameters[1], parameters[2], parameters[3]};
    const Real d = threshold - E0;
    const Real gauss = terms::gauss(d, s);
    const auto shelf = Shelf::at(d, s, gauss);
    const auto peak = terms::photo_peak(d, s, gauss);
    gradient[0] = peak.value;
    gradient[1] = shelf.value;
    gradient[2] = shelf.d_s * A + peak.d_s * B;
    gradient[3] = -(shelf.d_d * A + peak.d_d * B);
    return shelf.value * A + peak.value * B;
  }

  static std::array<double, 4> start(const LineShape& shape) {
    // Far below the line F = 2 A |d| + 2 B / (sqrt(2 pi) s).
    const double B = 0.5 * shape.step * shape.width / terms::inv_sqrt_2pi;
    return {B, 0.5 * shape.slope, shape.width, shape.line};
  }
};

}  // namespace velocal::models
