// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace velocal {

/// A line of a source, as a sensor absorbs it.
struct PhotonLine {
  double energy_ratio;    ///< energy over that of the first line, 0.1...10; 1 for the first
  double share;           ///< of all absorbed photons, > 0; those of all lines sum to 1
  double pairs;           ///< electron-hole pairs that a photon makes, 100...1e6
  double attenuation_um;  ///< attenuation length in the sensor, > 0
  bool operator==(const PhotonLine&) const = default;
};

}  // namespace velocal
