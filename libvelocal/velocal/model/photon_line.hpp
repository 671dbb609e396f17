// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace velocal {

/// A line of a source, as a sensor absorbs it.
struct PhotonLine {
  double energy_ratio;    ///< energy over that of the first line, > 0
  double share;           ///< of all absorbed photons, > 0; the shares of all lines sum to 1
  double pairs;           ///< electron-hole pairs that a photon makes, > 0
  double attenuation_um;  ///< attenuation length in the sensor, > 0
};

/// A sensor whose pixels are squares, and whose field is the same at all depths.
struct Sensor {
  double pitch_um = 55.0;
  double thickness_um = 200.0;
  bool illuminated_from_back = true;  ///< opposite to the pixels' electrodes
};

}  // namespace velocal
