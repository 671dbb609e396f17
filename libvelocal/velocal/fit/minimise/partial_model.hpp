// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "velocal/model/flux_model.hpp"

namespace velocal {

/// A model of which only some parameters are left free; the others are held at given values. Light enough to be made
/// for one fit: it owns no heap memory.
class PartialModel final : public FluxModel {
 public:
  /// Where fits start from: the free ones of the given values, or what the whole model makes of the curve's shape.
  enum class Start { values, shape };

  /// `values`: all parameters of `model`; `free`: indices of those that stay parameters, ascending.
  PartialModel(const FluxModel& model, std::span<const double> values, std::span<const std::size_t> free,
               Start start = Start::values);

  std::string_view name() const override { return model_.name(); }
  std::span<const ModelParameter> parameters() const override { return std::span(parameters_).first(count_); }
  bool above_baseline() const override { return model_.above_baseline(); }
  void flux(std::span<const double> parameters, std::span<const double> threshold,
            std::span<double> flux) const override;
  void flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold, std::span<double> flux,
                         std::span<double> gradient) const override;
  void fast_flux(std::span<const double> parameters, std::span<const double> threshold,
                 std::span<double> flux) const override;
  void fast_flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                              std::span<double> flux, std::span<double> gradient) const override;
  void start_values(const LineShape& shape, std::span<double> parameters) const override;

  /// All parameters of the whole model, the free ones as given.
  std::array<double, max_parameters> all(std::span<const double> free_values) const;

 private:
  using Function = void (FluxModel::*)(std::span<const double>, std::span<const double>, std::span<double>,
                                       std::span<double>) const;
  void gradient_of_free(Function whole, std::span<const double> parameters, std::span<const double> threshold,
                        std::span<double> flux, std::span<double> gradient) const;

  const FluxModel& model_;
  std::size_t count_;
  Start start_;
  std::array<std::size_t, max_parameters> free_{};
  std::array<ModelParameter, max_parameters> parameters_{};
  std::array<double, max_parameters> values_{};
};

}  // namespace velocal
