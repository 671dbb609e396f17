// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "velocal/descriptor/source.hpp"
#include "velocal/model/photon_line.hpp"

namespace velocal::test {

/// Both lines of Fe-55 in 200 um of silicon, at 3.68 eV a pair.
inline std::vector<PhotonLine> iron_lines() {
  constexpr double pairs = 5895.0 / 3.68, beta = 6490.0 / 5895.0;
  return {{1.0, 0.880, pairs, 27.8}, {beta, 0.120, pairs * beta, 36.5}};
}

/// F/R of the model `diffusion` by its definition (docs/physics.md, "The physical curve"): photons on a grid of
/// positions and depths, sorted by the share of their charge that a pixel collects. Good to 2e-6 above 6 s.
class DiffusionIntegral {
 public:
  DiffusionIntegral(std::vector<PhotonLine> lines, const Sensor& sensor, double sigma_um);
  std::vector<double> operator()(double s, double E0, std::span<const double> threshold) const;

 private:
  /// Photons whose pixel collects about the same share.
  struct Bin {
    double share = 0.0;  ///< mean
    double area = 0.0;   ///< of their positions, in pixels, and share of their depths
  };

  static void add_photons(double pitch, double sigma, double weight, std::vector<Bin>& bins);

  std::vector<PhotonLine> lines_;
  std::vector<std::vector<Bin>> bins_;  ///< of each line
};

}  // namespace velocal::test
