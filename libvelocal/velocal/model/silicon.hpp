// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/core/uncertain.hpp"

// What a photon meets in silicon. The sources are in docs/physics.md, "Sources".

namespace velocal {

/// Variance of the number of pairs over its mean: 0.119 ± 0.002 at 123 K and 5.9 keV (Rodrigues et al.,
/// arXiv:2004.11499). Other measurements lie between 0.115 and 0.12.
inline constexpr double fano_factor = 0.119;

inline constexpr double lowest_attenuated_eV = 1e3;
inline constexpr double highest_attenuated_eV = 100e3;

/// Attenuation length [µm] of photons of this energy [eV], scattering included. Above 20 keV scattering counts: it is 8
/// % of the attenuation there, 60 % at 60 keV. At the K edge, 1838.9 eV, it is the length just above it. Throws
/// UsageError outside lowest_attenuated_eV … highest_attenuated_eV, and for NaN.
double silicon_attenuation_um(double energy_eV);

inline constexpr double lowest_pair_energy_C = -200.0;
inline constexpr double highest_pair_energy_C = 45.0;

/// Mean energy [eV] that makes an electron-hole pair at this temperature [°C], for X-rays. It follows the band gap from
/// the value measured at 123 K; the uncertainty is that of the measurement and of the slope.
/// Throws UsageError outside lowest_pair_energy_C … highest_pair_energy_C, and for NaN.
Uncertain silicon_pair_energy_eV(double temperature_C);

}  // namespace velocal
