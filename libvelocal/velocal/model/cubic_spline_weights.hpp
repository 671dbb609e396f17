// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace velocal::diffusion {

/// Cubic splines with knots at 0, 1, 2, ..., as sums of B-splines: n knots have n + 2 coefficients, and between the
/// knots i and i + 1 those from i to i + 3 matter. `Real` is double or a pack of doubles.

/// What the four B-splines are worth at x in [0, 1] after a knot.
template <class Real>
[[gnu::always_inline]] inline std::array<Real, 4> spline_weights(Real x) {
  const Real y = Real(1.0) - x;
  const Real xx = x * x, yy = y * y;
  return {yy * y * Real(1.0 / 6.0), Real(2.0 / 3.0) - xx * (Real(1.0) - x * Real(0.5)),
          Real(2.0 / 3.0) - yy * (Real(1.0) - y * Real(0.5)), xx * x * Real(1.0 / 6.0)};
}

/// Their derivatives.
template <class Real>
[[gnu::always_inline]] inline std::array<Real, 4> spline_slopes(Real x) {
  const Real y = Real(1.0) - x;
  return {y * y * Real(-0.5), x * (x * Real(1.5) - Real(2.0)), y * (Real(2.0) - y * Real(1.5)), x * x * Real(0.5)};
}

}  // namespace velocal::diffusion
