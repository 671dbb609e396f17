// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <vector>

#include "velocal/model/flux_model.hpp"

namespace velocal {

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

  /// Lines of models with the same parameters. `with_share`: w2 becomes the last parameter; the other lines share the
  /// rest in proportion. Throws UsageError without lines, for a share without a second line, and for more than
  /// max_parameters.
  LineSum(std::vector<Line> lines, bool with_share);

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
  /// Those of the model of the first line; the share is the source's.
  void start_values(const LineShape& shape, std::span<double> parameters) const override;

 private:
  using Flux = void (FluxModel::*)(std::span<const double>, std::span<const double>, std::span<double>) const;
  using FluxAndGradient = void (FluxModel::*)(std::span<const double>, std::span<const double>, std::span<double>,
                                              std::span<double>) const;
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
};

}  // namespace velocal
