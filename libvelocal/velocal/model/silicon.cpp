// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/silicon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

constexpr double density = 2.329;  // g/cm³
constexpr double um_per_cm = 1e4;

struct Attenuation {
  double energy_eV;
  double mass_coefficient;  // µ/ρ [cm²/g], coherent scattering included
};

// Hubbell & Seltzer, Tables of X-Ray Mass Attenuation Coefficients, NISTIR 5632, NIST SRD 126 (July 2004), Z = 14, all
// energies up to 100 keV. The K edge stands twice: below and above it.
constexpr std::array<Attenuation, 19> attenuations{{
    {1.0e3, 1570.0},  {1.5e3, 535.5},   {1838.9, 309.2},  {1838.9, 3192.0},  {2.0e3, 2777.0},
    {3.0e3, 978.4},   {4.0e3, 452.9},   {5.0e3, 245.0},   {6.0e3, 147.0},    {8.0e3, 64.68},
    {10.0e3, 33.89},  {15.0e3, 10.34},  {20.0e3, 4.464},  {30.0e3, 1.436},   {40.0e3, 0.7012},
    {50.0e3, 0.4385}, {60.0e3, 0.3207}, {80.0e3, 0.2228}, {100.0e3, 0.1835},
}};

/// Straight between two rows of the table in log µ/ρ over log E.
double mass_coefficient(double energy_eV) {
  const auto above = std::ranges::upper_bound(attenuations, energy_eV, {}, &Attenuation::energy_eV);
  const auto high = std::min(above, std::prev(attenuations.end()));
  const auto low = std::prev(high);
  const double way = std::log(energy_eV / low->energy_eV) / std::log(high->energy_eV / low->energy_eV);
  return low->mass_coefficient * std::pow(high->mass_coefficient / low->mass_coefficient, way);
}

/// Varshni's formula with the values of Thurmond, J. Electrochem. Soc. 122 (1975) 1133.
double band_gap_eV(double temperature_K) {
  return 1.17 - 4.73e-4 * temperature_K * temperature_K / (temperature_K + 636.0);
}

constexpr double zero_C_in_K = 273.15;

// Rodrigues et al., arXiv:2004.11499 (skipper CCD, Fe-55).
constexpr double measured_at_K = 123.0;
constexpr Uncertain measured_pair_energy_eV{3.749, 0.001};

// Pair energy over band gap: between 1.7 (Ramanathan & Kurinsky, arXiv:2004.10709) and 2.15 (Canali et al., IEEE Trans.
// Nucl. Sci. 19/4 (1972) 9, measured from 5 to 320 K). The whole distance of the two is taken as the uncertainty: it
// then covers the differences between formulas of the band gap, too.
constexpr Uncertain slope{(1.7 + 2.15) / 2.0, 2.15 - 1.7};

}  // namespace

double silicon_attenuation_um(double energy_eV) {
  if (!(energy_eV >= lowest_attenuated_eV && energy_eV <= highest_attenuated_eV)) {
    throw UsageError(fmt::format("there is no attenuation length in silicon for photons of {} eV", energy_eV),
                     fmt::format("the table goes from {} to {} eV", lowest_attenuated_eV, highest_attenuated_eV),
                     "Give the line its own attenuation_um");
  }
  return um_per_cm / (mass_coefficient(energy_eV) * density);
}

Uncertain silicon_pair_energy_eV(double temperature_C) {
  if (!(temperature_C >= lowest_pair_energy_C && temperature_C <= highest_pair_energy_C)) {
    throw UsageError(fmt::format("there is no pair energy of silicon at {} °C", temperature_C),
                     fmt::format("the formula holds from {} to {} °C", lowest_pair_energy_C, highest_pair_energy_C),
                     "Give pair_energy_eV and pair_energy_uncertainty_eV instead of temperature_C");
  }
  const double rise_eV = band_gap_eV(temperature_C + zero_C_in_K) - band_gap_eV(measured_at_K);
  return {measured_pair_energy_eV.value + slope.value * rise_eV,
          std::hypot(measured_pair_energy_eV.error, slope.error * rise_eV)};
}

}  // namespace velocal
