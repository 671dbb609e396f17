// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <utility>

#include "velocal/core/simd_pack.hpp"
#include "velocal/fit/problem/all_statistics.hpp"
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

template <std::size_t W, std::size_t P, class Type>
void normal_equations_kernel(const KernelPoints& points, NormalEquations& equations);

/// Fewer than W points, with others that count for nothing: scale 0 at the flux of the last.
template <std::size_t W, std::size_t P, class Type>
void few_points(const KernelPoints& points, NormalEquations& equations) {
  double observed[W] = {}, scale[W] = {}, flux[W], gradient[P * W] = {};
  for (std::size_t i = 0; i < W; ++i) {
    flux[i] = points.flux[i < points.n ? i : points.n - 1];
    if (i >= points.n) continue;
    observed[i] = points.observed[i];
    scale[i] = points.scale[i];
    for (std::size_t k = 0; k < P; ++k) gradient[k * W + i] = points.gradient[k * points.n + i];
  }
  normal_equations_kernel<W, P, Type>({W, observed, scale, flux, gradient, points.background, points.lowest_flux},
                                      equations);
}

template <std::size_t W, std::size_t P, class Type>
[[gnu::flatten]] void normal_equations_kernel(const KernelPoints& points, NormalEquations& equations) {
  using Real = Pack<W>;
  if (points.n < W) return few_points<W, P, Type>(points, equations);
  Real chi2 = 0.0;
  Real above_lowest = 1.0;
  Real descent[P];
  Real normal[P * (P + 1) / 2];
  for (Real& value : descent) value = 0.0;
  for (Real& value : normal) value = 0.0;
  const auto add = [&](Real observed, Real scale, Real flux, const Real* slope) {
    const WeightedPoints<Real> at = Type::weigh(observed, scale, flux, points.background);
    if constexpr (requires { Type::lowest_flux(0.0); }) {
      above_lowest = smaller(above_lowest, Type::margin(observed, flux, points.lowest_flux));
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

/// Kernel of a statistic, by its place in AllStatistics, for packs of W; defined once for each W, in the source
/// compiled for it.
template <std::size_t W>
NormalEquationsKernel normal_equations_kernel_of_width(std::size_t statistic, std::size_t parameters);

template <std::size_t W, class Type>
NormalEquationsKernel select_kernel_of(std::size_t parameters) {
  static constexpr NormalEquationsKernel kernels[] = {
      &normal_equations_kernel<W, 1, Type>, &normal_equations_kernel<W, 2, Type>, &normal_equations_kernel<W, 3, Type>,
      &normal_equations_kernel<W, 4, Type>, &normal_equations_kernel<W, 5, Type>, &normal_equations_kernel<W, 6, Type>,
      &normal_equations_kernel<W, 7, Type>, &normal_equations_kernel<W, 8, Type>};
  return kernels[parameters - 1];
}

template <std::size_t W, std::size_t... index>
NormalEquationsKernel select_normal_equations_kernel(std::size_t statistic, std::size_t parameters,
                                                     std::index_sequence<index...>) {
  static constexpr NormalEquationsKernel (*select[])(std::size_t) = {
      &select_kernel_of<W, std::tuple_element_t<index, AllStatistics>>...};
  return select[statistic](parameters);
}

}  // namespace velocal
