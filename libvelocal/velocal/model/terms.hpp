// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <numbers>

namespace velocal::terms {

/// The terms that the flux models are made of, each with its derivatives, at the distance d = E - E0 [DAC] from the
/// photon line. `Real` is double or a pack of doubles for which exp(), erfc() and arithmetic are defined; what does
/// not depend on d stays a plain double. Formulas: docs/physics.md, "Models".

inline constexpr double inv_sqrt_pi = std::numbers::inv_sqrtpi;
inline constexpr double inv_sqrt_2pi = std::numbers::inv_sqrtpi / std::numbers::sqrt2;
inline constexpr double inv_pi = std::numbers::inv_pi;

/// Where erfc(u) is 2 and exp(-u^2) is 0 to rounding: half of a scan needs neither.
inline constexpr double far_below = -6.5;
inline bool all_below(double u, double bound) {
  return u < bound;
}

template <class Real>
struct Term {
  Real value;
  Real d_d;  ///< derivative by d (by E0 it is the negative)
  Real d_s;  ///< derivative by the width
};

/// Charge-sharing shelf smeared by the noise: s/sqrt(pi) exp(-(d/s)^2) - d erfc(d/s).
/// Its derivatives are simple since most terms cancel: -erfc(d/s) and exp(-(d/s)^2)/sqrt(pi).
template <class Real>
Term<Real> smeared_shelf(Real d, double s) {
  using std::erfc;
  using std::exp;
  const Real u = d * (1.0 / s);
  if (all_below(u, far_below)) return {d * -2.0, -2.0, 0.0};
  const Real gauss = exp(-u * u) * inv_sqrt_pi;
  const Real tail = erfc(u);
  return {gauss * s - d * tail, -tail, gauss};
}

/// The shelf without its exponential: -d erfc(d/s).
template <class Real>
Term<Real> plain_shelf(Real d, double s) {
  using std::erfc;
  using std::exp;
  const Real u = d * (1.0 / s);
  if (all_below(u, far_below)) return {d * -2.0, -2.0, 0.0};
  const Real slope = exp(-u * u) * u * (2.0 * inv_sqrt_pi);
  const Real tail = erfc(u);
  return {-d * tail, slope - tail, -slope * u};
}

/// Photo-peak step: erfc(d/(sqrt(2) s)) / (sqrt(2 pi) s).
template <class Real>
Term<Real> photo_peak(Real d, double s) {
  using std::erfc;
  using std::exp;
  const Real v = d * (1.0 / (std::numbers::sqrt2 * s));
  if (all_below(v, far_below)) {
    const double plateau = 2.0 * inv_sqrt_2pi / s;
    return {plateau, 0.0, -plateau / s};
  }
  const Real value = erfc(v) * (inv_sqrt_2pi / s);
  const Real density = exp(-v * v) * (inv_pi / (s * s));
  return {value, -density, density * d * (1.0 / s) - value * (1.0 / s)};
}

}  // namespace velocal::terms
