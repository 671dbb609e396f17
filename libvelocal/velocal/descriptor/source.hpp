// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace velocal {

/// A line of a source, or a group of lines that a threshold scan does not resolve.
struct EmittedLine {
  double energy_eV = 0.0;                     ///< > 0
  double intensity = 0.0;                     ///< photons as emitted, in any unit common to the source's lines
  std::optional<double> attenuation_um = {};  ///< attenuation length in the sensor; without it that of silicon
};

/// The source in front of the chip, as the descriptor names it: a built-in one, own lines, or one photon energy.
/// photon_source() says what comes of it; what contradicts each other is refused there.
struct Source {
  std::string name = "Fe55";
  std::vector<EmittedLine> lines = {};  ///< own lines, first the one that E0 stands for; empty: those of the name
  std::optional<double> photon_energy_eV = {};  ///< a single line of this energy
  std::optional<double> temperature_C = {};     ///< of the sensor, for the pair energy
  std::optional<double> pair_energy_eV = {};    ///< mean energy that makes an electron-hole pair
  std::optional<double> pair_energy_uncertainty_eV = {};
};

/// The side that light enters a sensor from; the pixels' electrodes are on the front.
enum class IlluminatedSide { back, front };

/// A sensor of square pixels, with the same field at all depths. VELO's by default.
struct Sensor {
  double pitch_um = 55.0;       ///< > 0; model diffusion: 40...1000
  double thickness_um = 200.0;  ///< > 0
  IlluminatedSide illuminated = IlluminatedSide::back;
  bool operator==(const Sensor&) const = default;
};

}  // namespace velocal
