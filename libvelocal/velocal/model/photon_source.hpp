// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/core/uncertain.hpp"
#include "velocal/descriptor/source.hpp"
#include "velocal/model/photon_line.hpp"

namespace velocal {

/// A source as a sensor absorbs it: what models and gains are made with.
struct PhotonSource {
  std::string name;
  double energy_eV = 0.0;         ///< of the first line, the one that E0 stands for
  Uncertain pair_energy_eV;       ///< mean energy that makes an electron-hole pair
  std::vector<PhotonLine> lines;  ///< at least one
  Sensor sensor;

  /// Electron-hole pairs that a photon of the first line makes, n = E/epsilon, u(n) = n u(epsilon)/epsilon.
  Uncertain pairs() const;
  /// Such as `Fe55: 5895 eV (88.1 %), 6490 eV (11.9 %); 3.68 +- 0.02 eV a pair`.
  std::string text() const;
};

/// Pair energy where the descriptor says neither a temperature nor a value: silicon between 0 and 30 °C.
inline constexpr Uncertain usual_pair_energy_eV{3.68, 0.02};
/// The same beside `photon_energy_eV`: what was in force when that key was the only way to name a source.
inline constexpr Uncertain former_pair_energy_eV{3.69, 0.11};

/// What comes of a descriptor's source in its sensor (docs/physics.md, "Sources"): a line of `photon_energy_eV`, own
/// lines, or the built-in lines of its name; the pair energy from the temperature, or as given, or as above.
/// Throws UsageError for an unknown name, keys that contradict each other, numbers that are not positive and finite,
/// and energies and temperatures outside the tables' ranges. The attenuation length of a single line may be unknown
/// (NaN).
PhotonSource photon_source(const Source& source, const Sensor& sensor = {});

}  // namespace velocal
