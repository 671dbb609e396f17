// SPDX-License-Identifier: GPL-3.0-or-later
// Adds a model to the registry when it is loaded, as a C++ extension of somebody else would.
#include <array>
#include <limits>
#include <memory>

#include "velocal/velocal.hpp"

namespace {

/// A step alone.
struct Step {
  static constexpr std::string_view name = "step";
  static constexpr std::string_view formula = "A erfc(d/(sqrt(2) s))/(sqrt(2 pi) s), d = E - E0";
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  static constexpr std::array<velocal::ModelParameter, 3> parameters{{
      {"A", "DAC hits/s", 0.0, infinity, false, true},
      {"s", "DAC", 0.0, infinity},
      {"E0", "DAC", 0.0, infinity},
  }};

  template <class Real>
  static Real at(Real threshold, const double* parameters, Real* gradient) {
    const auto peak = velocal::terms::photo_peak(threshold - parameters[2], parameters[1]);
    gradient[0] = peak.value;
    gradient[1] = peak.d_s * parameters[0];
    gradient[2] = -(peak.d_d * parameters[0]);
    return peak.value * parameters[0];
  }

  static std::array<double, 3> start(const velocal::LineShape& shape) {
    return {0.5 * shape.step * shape.width / velocal::terms::inv_sqrt_2pi, shape.width, shape.line};
  }
};

const bool added = [] {
  velocal::ModelRegistry::instance().add(std::make_unique<velocal::FormulaModel<Step>>());
  return true;
}();

}  // namespace
