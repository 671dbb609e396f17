// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "velocal/descriptor/source.hpp"
#include "velocal/model/diffusion_kernel.hpp"
#include "velocal/model/photon_line.hpp"

namespace velocal::diffusion {

/// F/R of the model `diffusion` over three numbers: y, the threshold; rho, the noise; sigma. A sum of products of cubic
/// B-splines, and thus twice continuously differentiable.
///   y = theta - c^2/(theta + d) + c^2/d, theta = (E - b)/E0: like theta, but finer near the baseline
///   rho = asinh(s/(E0 f)), f = a fourth of Fano's width of the narrowest line over E0: F is even in rho, as it is in s
///   WidthScale::at(sigma)
/// The knots along y are as dense as the narrowest line needs at that noise. They come in levels: each serves noise up
/// to twice as large as the one before, with knots twice as far apart.
class DiffusionTable {
 public:
  DiffusionTable(std::span<const PhotonLine> lines, const Sensor& sensor);

  static constexpr double largest_sigma_um = 16.0;
  static constexpr double largest_noise = 0.5;  ///< s/E0

  /// What the kernel needs at these parameters. Sigma and s outside the table count as its edge, with slopes of 0.
  DiffusionPatch patch(double sigma_um, double s, double E0) const;
  /// Fano's width of the narrowest line over E0.
  double fano_width() const { return fano_width_; }
  std::size_t bytes() const { return coefficients_.size() * sizeof(double); }

 private:
  class Builder;
  static constexpr int sigma_knots = 38;
  static constexpr double rho_step = 0.16;
  static constexpr double noise_units_per_width = 0.25;

  /// Rows of coefficients along y, [sigma][rho][y], for neighbouring cells of rho.
  struct Level {
    std::size_t begin = 0;  ///< in coefficients_
    std::size_t first_row = 0;
    std::size_t rows = 0;
    std::size_t count = 0;  ///< along y
    double spacing = 0.0;
  };

  void set_rho_weights(double noise, double s, double E0, DiffusionPatch& patch) const;

  double fano_width_ = 0.0;
  double noise_unit_ = 0.0;  ///< of s/E0
  std::vector<Level> levels_;
  std::vector<std::size_t> level_of_cell_;
  std::vector<double> coefficients_;
};

}  // namespace velocal::diffusion
