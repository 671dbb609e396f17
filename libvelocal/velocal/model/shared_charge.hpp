// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

namespace velocal::diffusion {

/// How often a pixel collects which share u of a photon's charge (docs/physics.md, "The physical curve"). The
/// distribution is written over w, u = Phi(w) with Phi the normal distribution function: near u = 1 it is steep in u,
/// but not in w.

/// The w that are used, from where u is 1e-9 to where 1 - u is 1e-12.
class ShareGrid {
 public:
  static constexpr double first = -6.0;
  static constexpr double last = 7.0;

  explicit ShareGrid(double step) : step_(step) {}

  Eigen::Index count() const { return static_cast<Eigen::Index>((last - first) / step_) + 1; }
  double step() const { return step_; }
  double at(Eigen::Index m) const { return first + static_cast<double>(m) * step_; }

 private:
  double step_;
};

/// Cloud widths as numbers that grow by one from knot to knot: sigma + sigma^5/unit^4. The largest share that a pixel
/// can collect falls ever faster with the width.
class WidthScale {
 public:
  static constexpr double unit_um = 15.0;
  static constexpr double at(double um) { return um * (1.0 + fourth_power(um / unit_um)); }
  static constexpr double slope(double um) { return 1.0 + 5.0 * fourth_power(um / unit_um); }
  static double inverse(double number);

 private:
  static constexpr double fourth_power(double x) { return x * x * x * x; }
};

/// Where photons are absorbed, of those that are.
struct DepthProfile {
  double thickness_um;    ///< > 0
  double attenuation_um;  ///< > 0
  bool from_back;         ///< light enters opposite to the electrodes

  /// Density over v in (0, 1), the share of the thickness that the charge drifts.
  double density(double v) const;
};

/// Area [pixels] of the positions from which a pixel collects more than the share u, in (0, 1), of a Gaussian cloud of
/// width r [pitches] >= 0. Within 1e-7.
double area_above(double u, double r);

/// Area from which a pixel collects more than u, over the depths at which photons are absorbed: of the grid's u down
/// the rows, of the numbers 0, 1, ..., columns - 1 of WidthScale along the columns.
class SharedCharge {
 public:
  SharedCharge(double pitch_um, const ShareGrid& grid, Eigen::Index columns);
  Eigen::MatrixXd over_depths(const DepthProfile& profile) const;

 private:
  Eigen::Index columns_;
  Eigen::MatrixXd areas_;  ///< of clouds of one width: column k has number k/per_column
};

}  // namespace velocal::diffusion
