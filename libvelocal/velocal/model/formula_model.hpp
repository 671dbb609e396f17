// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

#include "velocal/model/flux_model.hpp"

namespace velocal {

/// A flux model from its formula. `Formula` has (Real is double; ours are also compiled for packs of doubles)
///
///     static constexpr std::string_view name;
///     static constexpr std::array<ModelParameter, P> parameters;
///     template <class Real> static Real at(Real threshold, const double* parameters, Real* gradient);
///     static std::array<double, P> start(const LineShape& shape);
///
/// where at() gives F(threshold) and writes the P derivatives, and start() gives parameters for a curve's shape. It may
/// have `static constexpr std::string_view formula`: F in plain text.
template <class Formula>
class FormulaModel : public FluxModel {
 public:
  std::string_view name() const override { return Formula::name; }                             ///< the formula's
  std::span<const ModelParameter> parameters() const override { return Formula::parameters; }  ///< the formula's
  /// The formula's; empty where it says none.
  std::string_view formula() const override {
    if constexpr (requires { Formula::formula; }) return Formula::formula;
    return {};
  }

  void flux(std::span<const double> parameters, std::span<const double> threshold, std::span<double> flux) const final {
    assert(parameters.size() == count && flux.size() == threshold.size());
    std::array<double, count> unused;
    for (std::size_t i = 0; i < threshold.size(); ++i) {
      flux[i] = Formula::at(threshold[i], parameters.data(), unused.data());
    }
  }

  void flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold, std::span<double> flux,
                         std::span<double> gradient) const final {
    const std::size_t n = threshold.size();
    assert(parameters.size() == count && flux.size() == n && gradient.size() == count * n);
    std::array<double, count> slope;
    for (std::size_t i = 0; i < n; ++i) {
      flux[i] = Formula::at(threshold[i], parameters.data(), slope.data());
      for (std::size_t k = 0; k < count; ++k) gradient[k * n + i] = slope[k];
    }
  }

  void start_values(const LineShape& shape, std::span<double> parameters) const override {
    std::ranges::copy(Formula::start(shape), parameters.begin());
  }

 private:
  static constexpr std::size_t count = Formula::parameters.size();
};

}  // namespace velocal
