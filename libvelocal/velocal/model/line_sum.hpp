// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "velocal/model/flux_model.hpp"

namespace velocal {

/// What is a parameter of a sum over lines besides those of its model, in this order.
struct LineExtras {
  bool share = false;  ///< w2, the share of the second line; the other lines share the rest in proportion
  bool zero = false;   ///< where no charge would lie: the lines are at zero + r_i (E0 - zero)
};

/// A model over several lines, thresholds above the baseline: F(E) = sum_i w_i F_i(E; r_i E0), with r_i the energy of
/// line i over that of the first, and w_i its share of the absorbed photons. E0 is the first line's.
class LineSum final : public FluxModel {
 public:
  /// One line: F_i, which has to live as long, r_i and w_i.
  struct Line {
    std::shared_ptr<const FluxModel> model;
    double energy_ratio;
    double share;
  };

  /// Lines of models with the same parameters. Throws UsageError without lines, for extras without a second line, and
  /// for more than max_parameters.
  LineSum(std::vector<Line> lines, LineExtras extras);

  std::string_view name() const override { return lines_.front().model->name(); }
  std::span<const ModelParameter> parameters() const override { return parameters_; }
  bool above_baseline() const override { return true; }
  void flux(std::span<const double> parameters, std::span<const double> threshold,
            std::span<double> flux) const override;
  void flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold, std::span<double> flux,
                         std::span<double> gradient) const override;
  void fast_flux(std::span<const double> parameters, std::span<const double> threshold,
                 std::span<double> flux) const override;
  void fast_flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                              std::span<double> flux, std::span<double> gradient) const override;
  /// Those of the model of the first line; the share is the source's, the zero at 0.
  void start_values(const LineShape& shape, std::span<double> parameters) const override;

 private:
  using Flux = void (FluxModel::*)(std::span<const double>, std::span<const double>, std::span<double>) const;
  using FluxAndGradient = void (FluxModel::*)(std::span<const double>, std::span<const double>, std::span<double>,
                                              std::span<double>) const;
  void add_parameter(bool wanted, const ModelParameter& parameter, std::optional<std::size_t>& index);
  double share(std::size_t line, std::span<const double> parameters) const;
  double share_slope(std::size_t line) const;
  std::array<double, max_parameters> parameters_of(std::size_t line, std::span<const double> parameters) const;
  void sum(Flux flux_of, std::span<const double> parameters, std::span<const double> threshold,
           std::span<double> flux) const;
  void sum(FluxAndGradient flux_of, std::span<const double> parameters, std::span<const double> threshold,
           std::span<double> flux, std::span<double> gradient) const;

  std::vector<Line> lines_;
  std::vector<ModelParameter> parameters_;
  std::size_t own_parameters_;  ///< of each line's model
  std::size_t line_index_;      ///< of E0
  std::optional<std::size_t> share_index_;
  std::optional<std::size_t> zero_index_;
};

}  // namespace velocal
