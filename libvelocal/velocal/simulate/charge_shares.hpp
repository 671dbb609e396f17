// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "velocal/descriptor/source.hpp"
#include "velocal/model/photon_line.hpp"

namespace velocal {

/// Photons of one line on a large matrix of pixels, sorted by the share of their charge that a pixel collects. One
/// photon counts in each pixel that collects some of it, so the numbers of all bins add up to more than 1.
struct ChargeShares {
  static constexpr std::size_t bins = 2048;  ///< equally wide, from 0 to 1

  std::vector<double> pixels;  ///< [bins] number of pixels that collect such a share of a photon, on average
  std::vector<double> share;   ///< [bins] their mean share; 0 where there is none
};

/// Photons a line that a simulation draws: F is then right to some 1e-4 of R.
inline constexpr std::uint64_t drawn_photons = 10'000'000;

/// Draws photons: their place on the matrix is uniform, their depth follows the exponential law, and their charge
/// arrives as a Gaussian of the width sigma_um·√(drifted share of the thickness). Shares below 1e-6 are left out, and
/// so is charge more than 4 sigma beyond the pixels' borders. sigma_um is 0 or more. The numbers depend on the seed,
/// not on the threads (<= 0: all). See docs/physics.md, "The physical curve".
ChargeShares draw_charge_shares(const PhotonLine& line, const Sensor& sensor, double sigma_um, std::uint64_t photons,
                                std::uint64_t seed, int threads = 0);

}  // namespace velocal
