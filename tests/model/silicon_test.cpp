// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/silicon.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/infinity.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using test::infinity;

namespace {

/// µm from µ/ρ [cm²/g].
double length(double mass_coefficient) {
  return 1e4 / (2.329 * mass_coefficient);
}

double pair_energy_at_K(double temperature_K) {
  return silicon_pair_energy_eV(temperature_K - 273.15).value;
}

}  // namespace

TEST_CASE("at its own energies the attenuation length is the table's") {
  // Written down again from NIST SRD 126, so that a slip in one of the two shows.
  CHECK(silicon_attenuation_um(1.0e3) == Approx(length(1.570e3)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(1.5e3) == Approx(length(5.355e2)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(2.0e3) == Approx(length(2.777e3)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(3.0e3) == Approx(length(9.784e2)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(4.0e3) == Approx(length(4.529e2)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(5.0e3) == Approx(length(2.450e2)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(6.0e3) == Approx(length(1.470e2)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(8.0e3) == Approx(length(6.468e1)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(1.0e4) == Approx(length(3.389e1)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(1.5e4) == Approx(length(1.034e1)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(2.0e4) == Approx(length(4.464e0)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(3.0e4) == Approx(length(1.436e0)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(4.0e4) == Approx(length(7.012e-1)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(5.0e4) == Approx(length(4.385e-1)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(6.0e4) == Approx(length(3.207e-1)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(8.0e4) == Approx(length(2.228e-1)).epsilon(1e-12));
  CHECK(silicon_attenuation_um(1.0e5) == Approx(length(1.835e-1)).epsilon(1e-12));
}

TEST_CASE("between them it agrees with other tables") {
  // Lengths of the lines of Fe-55.
  CHECK(silicon_attenuation_um(5.9e3) == Approx(27.8).epsilon(0.005));
  CHECK(silicon_attenuation_um(6.49e3) == Approx(36.5).epsilon(0.005));
  // xraylib 4.0 (Kissel's cross sections), for 2.329 g/cm³. Above 20 keV the curve bends between the rows.
  CHECK(silicon_attenuation_um(5895.0) == Approx(27.794).epsilon(0.003));
  CHECK(silicon_attenuation_um(6490.0) == Approx(36.482).epsilon(0.003));
  CHECK(silicon_attenuation_um(22.1e3) == Approx(1281.7).epsilon(0.02));
  CHECK(silicon_attenuation_um(26.34e3) == Approx(2100.0).epsilon(0.02));
  CHECK(silicon_attenuation_um(59.54e3) == Approx(13233.0).epsilon(0.02));
  CHECK(silicon_attenuation_um(88.03e3) == Approx(21106.0).epsilon(0.02));
}

TEST_CASE("it falls to a tenth at the K edge and grows everywhere else") {
  constexpr double edge = 1838.9;
  const double below = silicon_attenuation_um(std::nextafter(edge, 0.0)), above = silicon_attenuation_um(edge);
  CHECK(below == Approx(length(309.2)).epsilon(1e-9));
  CHECK(above == Approx(length(3192.0)).epsilon(1e-9));
  for (double energy = 1000.0; energy + 0.7 < edge; energy += 0.7) {
    REQUIRE(silicon_attenuation_um(energy) < silicon_attenuation_um(energy + 0.7));
  }
  for (double energy = edge; energy * 1.001 < 100e3; energy *= 1.001) {
    REQUIRE(silicon_attenuation_um(energy) < silicon_attenuation_um(energy * 1.001));
  }
}

TEST_CASE("an energy outside the table is refused with the way out") {
  const double energy = GENERATE(-1.0, 0.0, 999.99, 100000.1, infinity, undefined);
  CHECK_THROWS_AS(silicon_attenuation_um(energy), UsageError);
  CHECK_THROWS_WITH(silicon_attenuation_um(500.0),
                    "there is no attenuation length in silicon for photons of 500 eV (the table goes from 1000 to "
                    "100000 eV). Give the line its own attenuation_um");
}

TEST_CASE("the pair energy is as measured at 123 K and within what is known at 243 and 293 K") {
  const Uncertain measured = silicon_pair_energy_eV(123.0 - 273.15);
  CHECK(measured.value == Approx(3.749).epsilon(1e-12));
  CHECK(measured.error == Approx(0.001).epsilon(1e-9));
  CHECK(pair_energy_at_K(243.0) > 3.700);
  CHECK(pair_energy_at_K(243.0) < 3.710);
  CHECK(pair_energy_at_K(293.0) > 3.674);
  CHECK(pair_energy_at_K(293.0) < 3.690);
}

TEST_CASE("its uncertainty grows with the distance from 123 K: some 0.3 % at -30 °C, 0.4 % in a warm room") {
  const Uncertain cold = silicon_pair_energy_eV(-30.0), warm = silicon_pair_energy_eV(20.0);
  CHECK(cold.error / cold.value == Approx(0.0027).epsilon(0.05));
  CHECK(warm.error / warm.value == Approx(0.0042).epsilon(0.05));
}

TEST_CASE("the pair energy falls with temperature as the band gap does") {
  // Band gaps by Thurmond's formula, calculated apart.
  CHECK(pair_energy_at_K(150.0) - pair_energy_at_K(300.0) == Approx(1.925 * (1.156460 - 1.124519)).epsilon(1e-4));
  for (double temperature = -200.0; temperature < 45.0; temperature += 5.0) {
    CHECK(silicon_pair_energy_eV(temperature).value > silicon_pair_energy_eV(temperature + 5.0).value);
  }
}

TEST_CASE("a temperature outside the formula's range is refused with the way out") {
  const double temperature = GENERATE(-273.15, -200.1, 45.1, 293.0, infinity, undefined);
  CHECK_THROWS_AS(silicon_pair_energy_eV(temperature), UsageError);
  CHECK_THROWS_WITH(silicon_pair_energy_eV(80.0),
                    "there is no pair energy of silicon at 80 °C (the formula holds from -200 to 45 °C). Give "
                    "pair_energy_eV and pair_energy_uncertainty_eV instead of temperature_C");
}

TEST_CASE("the ends of the ranges belong to them") {
  CHECK_NOTHROW(silicon_attenuation_um(lowest_attenuated_eV));
  CHECK_NOTHROW(silicon_attenuation_um(highest_attenuated_eV));
  CHECK_NOTHROW(silicon_pair_energy_eV(lowest_pair_energy_C));
  CHECK_NOTHROW(silicon_pair_energy_eV(highest_pair_energy_C));
}
