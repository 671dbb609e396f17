// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "velocal/descriptor/source.hpp"
#include "velocal/model/diffusion_table.hpp"
#include "velocal/model/flux_model.hpp"
#include "velocal/model/photon_line.hpp"

namespace velocal {

/// Curve of photon lines in a pixel sensor, from first principles (docs/physics.md, "The physical curve"). Thresholds
/// count from the baseline. Parameters:
///   R [hits/s]   photons absorbed a second on the area of a pixel
///   sigma [um]   width of the charge cloud after drifting through the whole sensor, in (0, 16)
///   s [DAC]      electronic noise; 0 is an answer
///   E0 [DAC]     signal of the first line
///
/// Domain. s and sigma beyond 0, 16 um and E0/2 count as these, with a derivative of 0. Below half of Fano's width of
/// the first line, the derivative by s is 2 dF/d(s^2) times that half: s = 0 has a derivative, too. A threshold below
/// the baseline counts as the baseline. Nearer than 6 s to it, photons that cannot pass the threshold do not count with
/// the noise: the chance to pass it without any signal is subtracted from theirs. What the noise alone counts there is
/// no part of the model.
///
/// Accuracy: F within 1e-5 R of the integral for sigma 1...15 um, s 0...15 DAC, E0 60...400 DAC and thresholds from
/// E0/130 on; typically 3e-6. The gradient is that of what is evaluated, by the same table.
///
/// The table takes 6.6 MB for both lines of Fe-55, and a quarter of a second to make: once, at the first evaluation.
/// One evaluation at 121 thresholds takes two to three times as long as F1_0's.
class DiffusionModel final : public FluxModel {
 public:
  /// Throws UsageError without a line, and for numbers outside the ranges of PhotonLine and Sensor.
  DiffusionModel(std::span<const PhotonLine> lines, const Sensor& sensor);

  std::string_view name() const override { return "diffusion"; }
  std::span<const ModelParameter> parameters() const override;
  std::string_view formula() const override {
    return "R times the share of photons whose signal exceeds E, over all lines, depths and positions on the pixels; "
           "an "
           "integral that is tabulated";
  }
  bool above_baseline() const override { return true; }
  /// One for that source; the last few that were made are kept, with their tables.
  std::shared_ptr<const FluxModel> for_source(const PhotonSource& source) const override;
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
  std::size_t bytes() const { return table().bytes(); }

 private:
  const diffusion::DiffusionTable& table() const;

  std::vector<PhotonLine> lines_;
  Sensor sensor_;
  mutable std::once_flag made_;
  mutable std::optional<diffusion::DiffusionTable> table_;
  diffusion::DiffusionKernel kernel_;
  diffusion::DiffusionKernel fast_kernel_;
};

}  // namespace velocal
