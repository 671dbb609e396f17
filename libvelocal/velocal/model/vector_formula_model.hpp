// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/model/formula_kernels.hpp"
#include "velocal/model/formula_model.hpp"

namespace velocal {

/// A formula of AllFormulas with its kernels of this processor's SIMD level.
template <class Formula>
class VectorFormulaModel final : public FormulaModel<Formula> {
 public:
  explicit VectorFormulaModel(std::size_t index) : kernel_(formula_kernel(index, simd_level())) {}

  void fast_flux(std::span<const double> parameters, std::span<const double> threshold,
                 std::span<double> flux) const override {
    if (kernel_.flux == nullptr) return this->flux(parameters, threshold, flux);
    kernel_.flux(parameters.data(), threshold.data(), threshold.size(), flux.data());
  }

  void fast_flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                              std::span<double> flux, std::span<double> gradient) const override {
    if (kernel_.flux_and_gradient == nullptr) return this->flux_and_gradient(parameters, threshold, flux, gradient);
    kernel_.flux_and_gradient(parameters.data(), threshold.data(), threshold.size(), flux.data(), gradient.data());
  }

 private:
  FormulaKernel kernel_;
};

}  // namespace velocal
