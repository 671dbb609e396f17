// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include "velocal/model/photon_line.hpp"
#include "velocal/model/shared_charge.hpp"

namespace velocal::diffusion {

/// Flux of one line for R = 1, at all widths of the cloud at once: the distribution of the shared charge, smeared by
/// the electronic noise and by Fano's.
class SmearedLine {
 public:
  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  /// `charge`: for each share of the grid a row of numbers that the flux is linear in, such as the areas of
  /// SharedCharge.
  SmearedLine(const PhotonLine& line, double pairs_of_first_line, const ShareGrid& grid, Rows charge);

  /// The coarsest grid over which a Gaussian of Fano's width is integrated to 1e-8.
  static ShareGrid grid_for(const PhotonLine& line, double pairs_of_first_line);

  double energy_ratio() const { return energy_; }
  /// Fano's width of the full signal, over the target of the first line.
  double fano_width() const;
  /// Noise for the fluxes to come: s/E0, >= 0.
  void set_noise(double noise);
  /// Adds the flux at theta = (E - b)/E0 to a row as long as those of `charge`.
  void add_flux(double theta, Eigen::Ref<Eigen::RowVectorXd, 0, Eigen::InnerStride<1>> row) const;

 private:
  double share_;
  double energy_;
  double fano_;  ///< Fano's variance at u = 1, over the square of the line's own target
  Rows charge_;
  Eigen::VectorXd u_;
  Eigen::VectorXd weight_;  ///< du of the grid's nodes
  double variance_ = 0.0;   ///< of the noise, over the square of the line's own target
  Eigen::Index stride_ = 1;
};

}  // namespace velocal::diffusion
