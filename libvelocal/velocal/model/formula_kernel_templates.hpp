// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

#include "velocal/core/simd_pack.hpp"
#include "velocal/model/all_formulas.hpp"
#include "velocal/model/formula_kernels.hpp"
#include "velocal/model/pack_loops.hpp"

namespace velocal {

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
  if (n == 0) return;
  if (n < W) {
    double padded[W];
    flux_kernel<Formula, W>(at, FewPoints<W>(threshold, n).threshold, W, padded);
    for (std::size_t i = 0; i < n; ++i) flux[i] = padded[i];
    return;
  }
  const Parameters<Formula> parameters(at);
  Pack<W> unused[Formula::parameters.size()];
  for_packs<W>(n,
               [&](std::size_t i) { Formula::at(Pack<W>::load(threshold + i), parameters, unused).store(flux + i); });
}

template <class Formula, std::size_t W>
[[gnu::flatten]] void gradient_kernel(const double* at, const double* threshold, std::size_t n, double* flux,
                                      double* gradient) {
  constexpr std::size_t count = Formula::parameters.size();
  if (n == 0) return;
  if (n < W) {
    double padded_flux[W];
    double padded[count * W];
    gradient_kernel<Formula, W>(at, FewPoints<W>(threshold, n).threshold, W, padded_flux, padded);
    for (std::size_t i = 0; i < n; ++i) {
      flux[i] = padded_flux[i];
      for (std::size_t k = 0; k < count; ++k) gradient[k * n + i] = padded[k * W + i];
    }
    return;
  }
  const Parameters<Formula> parameters(at);
  for_packs<W>(n, [&](std::size_t i) {
    Pack<W> slope[count];
    Formula::at(Pack<W>::load(threshold + i), parameters, slope).store(flux + i);
    for (std::size_t k = 0; k < count; ++k) slope[k].store(gradient + k * n + i);
  });
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
