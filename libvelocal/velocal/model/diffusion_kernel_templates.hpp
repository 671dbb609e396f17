// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <limits>

#include "velocal/core/simd_pack.hpp"
#include "velocal/model/cubic_spline_weights.hpp"
#include "velocal/model/diffusion_kernel.hpp"
#include "velocal/model/pack_loops.hpp"

namespace velocal {

/// One double as a pack: for processors without vector instructions.
template <>
struct VectorOf<1> {
  using Type __attribute__((vector_size(8))) = double;
};

namespace diffusion {

/// The knots before places >= 0, and how far after them these are: 0 to 1.
template <std::size_t W>
struct Cells {
  long long index[W];
  Pack<W> after;

  /// Adding 2^52 rounds to an integer, and leaves it in the lowest bits. Where the place is NaN the cell is the first
  /// one, and what follows is NaN: larger() gives its first argument then.
  explicit Cells(Pack<W> place) {
    const Pack<W> shift(0x1p52);
    const Pack<W> shifted = larger(Pack<W>(0.0), place - Pack<W>(0.5)) + shift;
    after = place - (shifted - shift);
    __builtin_memcpy(index, &shifted, sizeof index);
    for (std::size_t i = 0; i < W; ++i) index[i] &= 0xfffffffffffff;
  }
};

template <std::size_t W>
auto four_coefficients(const Cells<W>& cells, const double* coefficients, std::size_t lane) {
  typename VectorOf<4>::Type four;
  __builtin_memcpy(&four, coefficients + cells.index[lane], sizeof four);
  return four;
}

/// The four coefficients that matter at each place, lane by lane: the rows of a matrix that has them as its columns.
template <std::size_t W>
std::array<Pack<W>, 4> coefficients_at(const Cells<W>& cells, const double* coefficients) {
  if constexpr (W == 8) {
    const auto rows = [&](std::size_t lane) {
      return __builtin_shufflevector(four_coefficients(cells, coefficients, lane),
                                     four_coefficients(cells, coefficients, lane + 4), 0, 1, 2, 3, 4, 5, 6, 7);
    };
    const auto a = rows(0), b = rows(1), c = rows(2), d = rows(3);
    const auto even_ab = __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14);
    const auto even_cd = __builtin_shufflevector(c, d, 0, 8, 2, 10, 4, 12, 6, 14);
    const auto odd_ab = __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
    const auto odd_cd = __builtin_shufflevector(c, d, 1, 9, 3, 11, 5, 13, 7, 15);
    return {__builtin_shufflevector(even_ab, even_cd, 0, 1, 8, 9, 4, 5, 12, 13),
            __builtin_shufflevector(odd_ab, odd_cd, 0, 1, 8, 9, 4, 5, 12, 13),
            __builtin_shufflevector(even_ab, even_cd, 2, 3, 10, 11, 6, 7, 14, 15),
            __builtin_shufflevector(odd_ab, odd_cd, 2, 3, 10, 11, 6, 7, 14, 15)};
  } else if constexpr (W == 4) {
    const auto a = four_coefficients(cells, coefficients, 0), b = four_coefficients(cells, coefficients, 1);
    const auto c = four_coefficients(cells, coefficients, 2), d = four_coefficients(cells, coefficients, 3);
    const auto even_ab = __builtin_shufflevector(a, b, 0, 4, 2, 6), even_cd = __builtin_shufflevector(c, d, 0, 4, 2, 6);
    const auto odd_ab = __builtin_shufflevector(a, b, 1, 5, 3, 7), odd_cd = __builtin_shufflevector(c, d, 1, 5, 3, 7);
    return {__builtin_shufflevector(even_ab, even_cd, 0, 1, 4, 5), __builtin_shufflevector(odd_ab, odd_cd, 0, 1, 4, 5),
            __builtin_shufflevector(even_ab, even_cd, 2, 3, 6, 7), __builtin_shufflevector(odd_ab, odd_cd, 2, 3, 6, 7)};
  } else {
    std::array<Pack<W>, 4> found;
    for (std::size_t k = 0; k < 4; ++k) {
      for (std::size_t i = 0; i < W; ++i) found[k].lanes[i] = coefficients[cells.index[i] + static_cast<long long>(k)];
    }
    return found;
  }
}

template <std::size_t W>
Pack<W> weighted(const std::array<Pack<W>, 4>& coefficients, const std::array<Pack<W>, 4>& weights) {
  return coefficients[0] * weights[0] + coefficients[1] * weights[1] + coefficients[2] * weights[2] +
         coefficients[3] * weights[3];
}

/// Coefficients along y of F/R and its derivatives, at one sigma and s.
struct Coefficients {
  double flux[DiffusionPatch::most_coefficients];
  double by_sigma[DiffusionPatch::most_coefficients];
  double by_s[DiffusionPatch::most_coefficients];
};

template <std::size_t W, bool with_slopes>
void set_coefficients(const DiffusionPatch& patch, std::size_t first, std::size_t count, Coefficients& to) {
  // The last pack may begin within the one before it; rows and results have room for a whole pack.
  for_packs<W>(count < W ? W : count, [&](std::size_t i) {
    Pack<W> flux(0.0), by_sigma(0.0), by_s(0.0);
    for (std::size_t sigma = 0; sigma < 4; ++sigma) {
      const double* const row = patch.rows + sigma * patch.sigma_stride + first + i;
      Pack<W> value(0.0), slope(0.0);
      for (std::size_t rho = 0; rho < 4; ++rho) {
        const Pack<W> coefficient = Pack<W>::load(row + rho * patch.rho_stride);
        value += coefficient * Pack<W>(patch.rho_weights[rho]);
        if constexpr (with_slopes) slope += coefficient * Pack<W>(patch.s_slopes[rho]);
      }
      flux += value * Pack<W>(patch.sigma_weights[sigma]);
      if constexpr (!with_slopes) continue;
      by_sigma += value * Pack<W>(patch.sigma_slopes[sigma]);
      by_s += slope * Pack<W>(patch.sigma_weights[sigma]);
    }
    flux.store(to.flux + i);
    if constexpr (!with_slopes) return;
    by_sigma.store(to.by_sigma + i);
    by_s.store(to.by_s + i);
  });
}

/// Place along y.
template <std::size_t W>
struct AlongY {
  Pack<W> theta;
  Pack<W> place;
  Pack<W> place_per_theta;

  AlongY(const DiffusionPatch& patch, Pack<W> threshold)
      : theta(larger(threshold * Pack<W>(patch.inverse_E0), Pack<W>(0.0))) {
    const Pack<W> inverse = Pack<W>(map_c) / (theta + Pack<W>(map_d));
    const Pack<W> y = theta - inverse * Pack<W>(map_c) + Pack<W>(map_c * map_c / map_d);
    place = smaller(y * Pack<W>(patch.places_per_y), Pack<W>(patch.last_place));
    place_per_theta = (inverse * inverse + Pack<W>(1.0)) * Pack<W>(patch.places_per_y);
  }
};

/// Where the results of n thresholds go.
struct DiffusionOutput {
  double* flux;
  double* gradient;
  std::size_t n;
};

template <std::size_t W, bool with_slopes>
void set_points(const DiffusionPatch& patch, double R, const double* threshold, std::size_t i, std::size_t first,
                const Coefficients& coefficients, const DiffusionOutput& to) {
  const AlongY<W> at(patch, Pack<W>::load(threshold + i));
  const Cells<W> cells(at.place - Pack<W>(static_cast<double>(first)));
  const auto weights = spline_weights(cells.after);
  const auto around = coefficients_at(cells, coefficients.flux);
  // Above the last line a spline through almost nothing can be as far below 0.
  const Pack<W> shape = larger(weighted(around, weights), Pack<W>(0.0));
  (shape * Pack<W>(R)).store(to.flux + i);
  if constexpr (!with_slopes) return;
  const Pack<W> by_theta = weighted(around, spline_slopes(cells.after)) * at.place_per_theta;
  const Pack<W> by_s = weighted(coefficients_at(cells, coefficients.by_s), weights) * Pack<W>(R);
  shape.store(to.gradient + i);
  (weighted(coefficients_at(cells, coefficients.by_sigma), weights) * Pack<W>(R)).store(to.gradient + to.n + i);
  by_s.store(to.gradient + 2 * to.n + i);
  (by_s * Pack<W>(patch.E0_per_s) - at.theta * by_theta * Pack<W>(R * patch.inverse_E0))
      .store(to.gradient + 3 * to.n + i);
}

/// All of n >= W thresholds, by way of the coefficients between the lowest and the highest that are numbers.
template <std::size_t W, bool with_slopes>
void set_all_points(const DiffusionPatch& patch, double R, const double* threshold, const DiffusionOutput& to) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Pack<W> negative_lowest(-infinity), highest(-infinity);
  for_packs<W>(to.n, [&](std::size_t i) {
    const Pack<W> here = Pack<W>::load(threshold + i);
    negative_lowest = larger(negative_lowest, -here);
    highest = larger(highest, here);
  });
  const auto cell_at = [&](double at) {
    return static_cast<std::size_t>(larger(Pack<W>(0.0), AlongY<W>(patch, Pack<W>(at)).place).lanes[0]);
  };
  const std::size_t first = cell_at(-largest(negative_lowest));
  const std::size_t last = std::max(first, cell_at(largest(highest)));
  Coefficients coefficients;
  set_coefficients<W, with_slopes>(patch, first, last - first + 4, coefficients);
  for_packs<W>(to.n,
               [&](std::size_t i) { set_points<W, with_slopes>(patch, R, threshold, i, first, coefficients, to); });
}

template <std::size_t W>
[[gnu::flatten]] void diffusion_flux(const DiffusionPatch& patch, double R, const double* threshold, std::size_t n,
                                     double* flux) {
  if (n == 0) return;
  if (n >= W) return set_all_points<W, false>(patch, R, threshold, {flux, nullptr, n});
  double padded[W];
  set_all_points<W, false>(patch, R, FewPoints<W>(threshold, n).threshold, {padded, nullptr, W});
  for (std::size_t i = 0; i < n; ++i) flux[i] = padded[i];
}

template <std::size_t W>
[[gnu::flatten]] void diffusion_gradient(const DiffusionPatch& patch, double R, const double* threshold, std::size_t n,
                                         double* flux, double* gradient) {
  if (n == 0) return;
  if (n >= W) return set_all_points<W, true>(patch, R, threshold, {flux, gradient, n});
  double padded_flux[W], padded[4 * W];
  set_all_points<W, true>(patch, R, FewPoints<W>(threshold, n).threshold, {padded_flux, padded, W});
  for (std::size_t i = 0; i < n; ++i) {
    flux[i] = padded_flux[i];
    for (std::size_t k = 0; k < 4; ++k) gradient[k * n + i] = padded[k * W + i];
  }
}

/// Defined once for each W, in the source compiled for it.
template <std::size_t W>
DiffusionKernel diffusion_kernel_of_width();

}  // namespace diffusion
}  // namespace velocal
