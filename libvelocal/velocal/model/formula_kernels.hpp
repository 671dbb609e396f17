// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "velocal/core/simd_level.hpp"

namespace velocal {

/// A formula over n thresholds, compiled for one SIMD level. Null at `scalar`, which needs none.
struct FormulaKernel {
  void (*flux)(const double* parameters, const double* threshold, std::size_t n, double* flux) = nullptr;
  void (*flux_and_gradient)(const double* parameters, const double* threshold, std::size_t n, double* flux,
                            double* gradient) = nullptr;  ///< gradient[k * n + i]
};

/// Kernel of a formula, by its place in AllFormulas.
FormulaKernel formula_kernel(std::size_t formula, SimdLevel level);

}  // namespace velocal
