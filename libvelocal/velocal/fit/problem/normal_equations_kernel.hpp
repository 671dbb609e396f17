// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "velocal/core/simd_pack.hpp"
#include "velocal/fit/problem/normal_equations.hpp"

namespace velocal {

/// The points as plain arrays: what the kernels of all SIMD levels take.
struct KernelPoints {
  std::size_t n;
  const double* observed;
  const double* scale;
  const double* flux;
  const double* gradient;
  double background;
  double lowest_flux;
};

using NormalEquationsKernel = void (*)(const KernelPoints&, NormalEquations&);

/// One Real's worth of points: term of chi2, weight, and weight times residual of each.
template <class Real>
struct Weighted {
  Real term;
  Real weight;
  Real pull;
};

template <class Real>
Weighted<Real> weigh_neyman(Real observed, Real scale, Real flux) {
  const Real residual = observed - flux;
  const Real weight = scale * scale;
  const Real pull = weight * residual;
  return {pull * residual, weight, pull};
}

/// Smallest numbers, stand in where a division or a logarithm would be by or of 0: where
/// mu is 0, and at N = 0, where the product with N is 0 all the same.
template <class Real>
Weighted<Real> weigh_poisson(Real counts, Real live_time, Real flux, double background) {
  constexpr double tiny = 1e-280;
  const Real mu = live_time * (flux + background);
  const Real inverse = Real(1.0) / larger(mu, Real(tiny));
  Real term = mu - counts;
  if (!all_below(counts, tiny)) term += counts * log(larger(counts * inverse, Real(tiny)));
  const Real slope = live_time * inverse;
  return {term * 2.0, live_time * slope, (counts - mu) * slope};
}

template <std::size_t W, std::size_t P, bool poisson>
void normal_equations_kernel(const KernelPoints& points, NormalEquations& equations);

/// Fewer than W points, with others that count for nothing: scale 0 at the flux of the last.
template <std::size_t W, std::size_t P, bool poisson>
void few_points(const KernelPoints& points, NormalEquations& equations) {
  double observed[W] = {}, scale[W] = {}, flux[W], gradient[P * W] = {};
  for (std::size_t i = 0; i < W; ++i) {
    flux[i] = points.flux[i < points.n ? i : points.n - 1];
    if (i >= points.n) continue;
    observed[i] = points.observed[i];
    scale[i] = points.scale[i];
    for (std::size_t k = 0; k < P; ++k) gradient[k * W + i] = points.gradient[k * points.n + i];
  }
  normal_equations_kernel<W, P, poisson>({W, observed, scale, flux, gradient, points.background, points.lowest_flux},
                                         equations);
}

template <std::size_t W, std::size_t P, bool poisson>
[[gnu::flatten]] void normal_equations_kernel(const KernelPoints& points, NormalEquations& equations) {
  using Real = Pack<W>;
  if (points.n < W) return few_points<W, P, poisson>(points, equations);
  Real chi2 = 0.0;
  Real above_lowest = 1.0;
  Real descent[P];
  Real normal[P * (P + 1) / 2];
  for (Real& value : descent) value = 0.0;
  for (Real& value : normal) value = 0.0;
  const auto add = [&](Real observed, Real scale, Real flux, const Real* slope) {
    Weighted<Real> at;
    if constexpr (poisson) {
      at = weigh_poisson(observed, scale, flux, points.background);
      // > 0 where the flux is allowed: above the lowest, or the lowest where nothing was counted.
      above_lowest = smaller(above_lowest, flux - points.lowest_flux + larger(Real(0.0), Real(1e-300) - observed));
    } else {
      at = weigh_neyman(observed, scale, flux);
    }
    chi2 += at.term;
    std::size_t entry = 0;
    for (std::size_t k = 0; k < P; ++k) {
      const Real weighted = at.weight * slope[k];
      descent[k] += at.pull * slope[k];
      for (std::size_t l = 0; l <= k; ++l) normal[entry++] += weighted * slope[l];
    }
  };
  Real slope[P];
  const auto add_pack = [&](std::size_t i, Real counting) {
    for (std::size_t k = 0; k < P; ++k) slope[k] = Real::load(points.gradient + k * points.n + i);
    add(Real::load(points.observed + i) * counting, Real::load(points.scale + i) * counting,
        Real::load(points.flux + i), slope);
  };
  std::size_t i = 0;
  for (; i + W <= points.n; i += W) add_pack(i, 1.0);
  if (i < points.n) {
    // The last pack begins before the one ahead of it ends: what they share counts no more.
    double counting[W];
    for (std::size_t j = 0; j < W; ++j) counting[j] = points.n - W + j < i ? 0.0 : 1.0;
    add_pack(points.n - W, Real::load(counting));
  }
  equations.chi2 = -largest(-above_lowest) > 0.0 ? sum(chi2) : __builtin_nan("");
  std::size_t entry = 0;
  for (std::size_t k = 0; k < P; ++k) {
    equations.descent.data()[k] = sum(descent[k]);
    for (std::size_t l = 0; l <= k; ++l) equations.normal.data()[k].data()[l] = sum(normal[entry++]);
  }
}

/// The kernels of one level, by statistic and number of parameters; defined once for each W.
template <std::size_t W>
NormalEquationsKernel normal_equations_kernel_of_width(Statistic statistic, std::size_t parameters);

template <std::size_t W, bool poisson>
NormalEquationsKernel select_normal_equations_kernel(std::size_t parameters) {
  static constexpr NormalEquationsKernel kernels[] = {
      &normal_equations_kernel<W, 1, poisson>, &normal_equations_kernel<W, 2, poisson>,
      &normal_equations_kernel<W, 3, poisson>, &normal_equations_kernel<W, 4, poisson>,
      &normal_equations_kernel<W, 5, poisson>, &normal_equations_kernel<W, 6, poisson>,
      &normal_equations_kernel<W, 7, poisson>, &normal_equations_kernel<W, 8, poisson>};
  return kernels[parameters - 1];
}

}  // namespace velocal
