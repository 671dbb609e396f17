// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <numbers>

/// The terms that the flux models are made of, each with its derivatives, at the distance d = E - E0 [DAC] from the
/// photon line; `gauss` is gauss(d, s). `Real` is double or a pack of doubles for which exp(), erfc() and arithmetic
/// are defined; what does not depend on d stays a plain double. Formulas: docs/physics.md, "Models".
namespace velocal::terms {

inline constexpr double inv_sqrt_pi = std::numbers::inv_sqrtpi;
inline constexpr double inv_sqrt_2pi = std::numbers::inv_sqrtpi / std::numbers::sqrt2;
inline constexpr double inv_pi = std::numbers::inv_pi;

/// Where erfc(u) is 2 and exp(-u^2) is 0 to rounding: half of a scan needs neither.
inline constexpr double far_below = -6.5;
/// Whether u, or each number of a pack, lies below the bound.
inline bool all_below(double u, double bound) {
  return u < bound;
}
/// erfc(u); 2 where it is that to rounding.
template <class Real>
[[gnu::always_inline]] inline Real tail(Real u) {
  using std::erfc;
  if (all_below(u, far_below)) return 2.0;
  return erfc(u);
}

/// exp(-(d/s)^2/2), which a shelf needs squared and a peak as it is: with one width they can share it.
template <class Real>
[[gnu::always_inline]] inline Real gauss(Real d, double s) {
  using std::exp;
  const Real v = d * (1.0 / (std::numbers::sqrt2 * s));
  if (all_below(v, far_below)) return 0.0;
  return exp(-v * v);
}

/// A term and its derivatives, per DAC of each.
template <class Real>
struct Term {
  Real value;
  Real d_d;  ///< derivative by d (by E0 it is the negative)
  Real d_s;  ///< derivative by the width
};

/// Charge-sharing shelf smeared by the noise: s/sqrt(pi) exp(-(d/s)^2) - d erfc(d/s).
/// Its derivatives are simple since most terms cancel: -erfc(d/s) and exp(-(d/s)^2)/sqrt(pi).
template <class Real>
[[gnu::always_inline]] inline Term<Real> smeared_shelf(Real d, double s, Real gauss) {
  const Real density = gauss * gauss * inv_sqrt_pi;
  const Real above = tail(d * (1.0 / s));
  return {density * s - d * above, -above, density};
}

/// The shelf without its exponential: -d erfc(d/s).
template <class Real>
[[gnu::always_inline]] inline Term<Real> plain_shelf(Real d, double s, Real gauss) {
  const Real u = d * (1.0 / s);
  const Real slope = gauss * gauss * u * (2.0 * inv_sqrt_pi);
  const Real above = tail(u);
  return {-d * above, slope - above, -slope * u};
}

/// Photo-peak step: erfc(d/(sqrt(2) s)) / (sqrt(2 pi) s).
template <class Real>
[[gnu::always_inline]] inline Term<Real> photo_peak(Real d, double s, Real gauss) {
  const Real value = tail(d * (1.0 / (std::numbers::sqrt2 * s))) * (inv_sqrt_2pi / s);
  const Real density = gauss * (inv_pi / (s * s));
  return {value, -density, (density * d - value) * (1.0 / s)};
}

/// The smeared shelf as a type, for what is common to models with either shelf.
struct SmearedShelf {
  /// As smeared_shelf().
  template <class Real>
  [[gnu::always_inline]] static Term<Real> at(Real d, double s, Real gauss) {
    return smeared_shelf(d, s, gauss);
  }
};
/// The plain shelf as a type, likewise.
struct PlainShelf {
  /// As plain_shelf().
  template <class Real>
  [[gnu::always_inline]] static Term<Real> at(Real d, double s, Real gauss) {
    return plain_shelf(d, s, gauss);
  }
};

/// The same, where `gauss` is needed nowhere else.
template <class Real>
[[gnu::always_inline]] inline Term<Real> smeared_shelf(Real d, double s) {
  return smeared_shelf(d, s, gauss(d, s));
}
/// The same, where `gauss` is needed nowhere else.
template <class Real>
[[gnu::always_inline]] inline Term<Real> plain_shelf(Real d, double s) {
  return plain_shelf(d, s, gauss(d, s));
}
/// The same, where `gauss` is needed nowhere else.
template <class Real>
[[gnu::always_inline]] inline Term<Real> photo_peak(Real d, double s) {
  return photo_peak(d, s, gauss(d, s));
}

}  // namespace velocal::terms
