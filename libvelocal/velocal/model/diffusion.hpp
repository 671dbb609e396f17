// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>

#include "velocal/model/diffusion_table.hpp"
#include "velocal/model/flux_model.hpp"
#include "velocal/model/photon_line.hpp"

namespace velocal {

/// TODO
class DiffusionModel final : public FluxModel {
 public:
  DiffusionModel(std::span<const PhotonLine> lines, const Sensor& sensor);

  std::string_view name() const override { return "diffusion"; }
  std::span<const ModelParameter> parameters() const override;
  void flux(std::span<const double> parameters, std::span<const double> threshold,
            std::span<double> flux) const override;
  void flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold, std::span<double> flux,
                         std::span<double> gradient) const override;
  void fast_flux(std::span<const double> parameters, std::span<const double> threshold,
                 std::span<double> flux) const override;
  void fast_flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold,
                              std::span<double> flux, std::span<double> gradient) const override;
  void start_values(const LineShape& shape, std::span<double> parameters) const override;

  /// Memory of the table.
  std::size_t bytes() const { return table_.bytes(); }

 private:
  diffusion::DiffusionTable table_;
  diffusion::DiffusionKernel kernel_;
  diffusion::DiffusionKernel fast_kernel_;
};

}  // namespace velocal
