// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cmath>
#include <limits>

#include "velocal/model/formula_model.hpp"

namespace velocal {

/// F = A exp(-a x - b x^2) + background, with x [DAC] above the place where A is the height. The logarithm of the foot
/// of any smeared line is a parabola to within some percent: erfc(z) over two decades, and sums of many of them.
struct LineFoot {
  static constexpr std::string_view name = "line foot";
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  static constexpr std::array<ModelParameter, 4> parameters{
      {{.name = "A", .unit = "hits/s", .lower = 0.0, .upper = infinity, .linear = true},
       {.name = "a", .unit = "1/DAC", .lower = 0.0, .upper = infinity, .may_vanish = true},
       {.name = "b", .unit = "1/DAC^2", .lower = 0.0, .upper = infinity, .may_vanish = true},
       {.name = "background", .unit = "hits/s", .lower = 0.0, .upper = infinity, .may_vanish = true, .linear = true}}};

  template <class Real>
  static Real at(Real x, const double* parameters, Real* gradient) {
    gradient[0] = std::exp(-x * (parameters[1] + parameters[2] * x));
    const Real foot = parameters[0] * gradient[0];
    gradient[1] = -x * foot;
    gradient[2] = -x * x * foot;
    gradient[3] = 1.0;
    return foot + parameters[3];
  }

  /// A line of that width, three widths above it.
  static std::array<double, 4> start(const LineShape& shape) {
    return {1e-3 * shape.step, 3.0 / shape.width, 0.5 / (shape.width * shape.width), 1e-5 * shape.step};
  }
};

}  // namespace velocal
