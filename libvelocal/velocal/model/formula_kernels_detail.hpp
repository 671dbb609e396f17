// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

#include "velocal/core/simd_pack.hpp"
#include "velocal/model/all_formulas_detail.hpp"
#include "velocal/model/formula_kernels.hpp"

namespace velocal {

/// The last points of a curve that fill no whole pack are computed with its last threshold in the other lanes.
template <std::size_t W>
struct Tail {
  Tail(const double* threshold, std::size_t count) {
    double filled[W];
    for (std::size_t i = 0; i < W; ++i) filled[i] = threshold[i < count ? i : count - 1];
    thresholds = Pack<W>::load(filled);
  }
  static void store(Pack<W> pack, double* to, std::size_t count) {
    double lanes[W];
    pack.store(lanes);
    for (std::size_t i = 0; i < count; ++i) to[i] = lanes[i];
  }
  Pack<W> thresholds;
};

/// A copy: the compiler then knows that storing results does not change the parameters, and computes once what depends
/// on these alone.
template <class Formula>
struct Parameters {
  explicit Parameters(const double* from) { __builtin_memcpy(values, from, sizeof values); }
  operator const double*() const { return values; }
  double values[Formula::parameters.size()];
};

template <class Formula, std::size_t W>
[[gnu::flatten]] void flux_kernel(const double* at, const double* threshold, std::size_t n, double* flux) {
  const Parameters<Formula> parameters(at);
  Pack<W> unused[Formula::parameters.size()];
  std::size_t i = 0;
  for (; i + W <= n; i += W) Formula::at(Pack<W>::load(threshold + i), parameters, unused).store(flux + i);
  if (i == n) return;
  Tail<W>::store(Formula::at(Tail<W>(threshold + i, n - i).thresholds, parameters, unused), flux + i, n - i);
}

template <class Formula, std::size_t W>
[[gnu::flatten]] void gradient_kernel(const double* at, const double* threshold, std::size_t n, double* flux,
                                      double* gradient) {
  const Parameters<Formula> parameters(at);
  constexpr std::size_t count = Formula::parameters.size();
  Pack<W> slope[count];
  std::size_t i = 0;
  for (; i + W <= n; i += W) {
    Formula::at(Pack<W>::load(threshold + i), parameters, slope).store(flux + i);
    for (std::size_t k = 0; k < count; ++k) slope[k].store(gradient + k * n + i);
  }
  if (i == n) return;
  Tail<W>::store(Formula::at(Tail<W>(threshold + i, n - i).thresholds, parameters, slope), flux + i, n - i);
  for (std::size_t k = 0; k < count; ++k) Tail<W>::store(slope[k], gradient + k * n + i, n - i);
}

/// The kernels of all formulas for packs of W; defined once for each W, in the source compiled for it.
template <std::size_t W>
FormulaKernel formula_kernel_of_width(std::size_t formula);

template <std::size_t W, std::size_t... index>
FormulaKernel select_formula_kernel(std::size_t formula, std::index_sequence<index...>) {
  static constexpr FormulaKernel kernels[] = {{&flux_kernel<std::tuple_element_t<index, AllFormulas>, W>,
                                               &gradient_kernel<std::tuple_element_t<index, AllFormulas>, W>}...};
  return kernels[formula];
}

}  // namespace velocal
