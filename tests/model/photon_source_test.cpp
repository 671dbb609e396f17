// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/photon_source.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "velocal/core/error.hpp"

using namespace velocal;
using Catch::Matchers::Contains;

TEST_CASE("a source without a word is both lines of Fe-55 at 3.68 +- 0.02 eV") {
  const PhotonSource source = photon_source({});
  CHECK(source.name == "Fe55");
  CHECK(source.energy_eV == 5895.0);
  REQUIRE(source.lines.size() == 2);
  CHECK(source.lines[0].energy_ratio == 1.0);
  CHECK(source.lines[1].energy_ratio == 6490.0 / 5895.0);
  // Emitted 100 : 13.6; of 200 um, at lengths of 27.8 and 36.5 um, more of the first is absorbed: 0.8804.
  CHECK(source.lines[0].share == Approx(0.8804).margin(0.001));
  CHECK(source.lines[0].share + source.lines[1].share == Approx(1.0).epsilon(1e-15));
  CHECK(source.lines[0].attenuation_um == Approx(27.8).margin(0.5));
  CHECK(source.lines[1].pairs == 6490.0 / 3.68);
  CHECK(source.pairs().value == 5895.0 / 3.68);
  CHECK(source.pairs().error == Approx(5895.0 / 3.68 * 0.02 / 3.68).epsilon(1e-14));
  CHECK(source.text() == "Fe55: 5895 eV (88.1 %), 6490 eV (11.9 %); 3.68 +- 0.02 eV a pair");
}

TEST_CASE("one photon energy is one line, with the pair energy that was in force before") {
  Source old;
  old.photon_energy_eV = 5900.0;
  const PhotonSource source = photon_source(old);
  REQUIRE(source.lines.size() == 1);
  CHECK(source.lines[0].share == 1.0);
  CHECK(source.pairs().value == 5900.0 / 3.69);
  CHECK(source.pairs().error == 5900.0 / 3.69 * 0.11 / 3.69);
  old.photon_energy_eV = 662e3;  // beyond the table: nothing needs its attenuation length
  CHECK(std::isnan(photon_source(old).lines[0].attenuation_um));
}

TEST_CASE("the temperature gives the pair energy, of all lines") {
  Source source;
  source.temperature_C = -30.0;
  const PhotonSource cold = photon_source(source);
  CHECK(cold.pair_energy_eV.value == Approx(3.706).margin(0.001));
  CHECK(cold.pair_energy_eV.error == Approx(0.010).margin(0.001));
  CHECK(cold.lines[1].pairs == 6490.0 / cold.pair_energy_eV.value);
}

TEST_CASE("own lines count as emitted, a thin sensor absorbs the soft one better") {
  Source source;
  source.name = "mine";
  source.lines = {{8000.0, 1.0}, {17000.0, 1.0, 700.0}};
  Sensor sensor;
  sensor.thickness_um = 1.0;  // shares go as 1/length
  const PhotonSource thin = photon_source(source, sensor);
  CHECK(thin.lines[1].attenuation_um == 700.0);
  CHECK(thin.lines[0].share / thin.lines[1].share == Approx(700.0 / thin.lines[0].attenuation_um).epsilon(0.01));
}

TEST_CASE("sources that mean nothing are refused with a way out") {
  const auto refused = [](auto change, const auto& message) {
    Source source;
    change(source);
    CHECK_THROWS_AS(photon_source(source), UsageError);
    CHECK_THROWS_WITH(photon_source(source), message);
  };
  refused([](Source& s) { s.name = "Fe-55"; }, Contains("Fe-55") && Contains("there are Fe55, Cd109, Am241"));
  refused([](Source& s) { s.lines = {{5895.0, 0.0}}, s.lines.push_back({6490.0, 1.0}); }, Contains("intensity"));
  refused([](Source& s) { s.lines = {{5895.0, -1.0}}; }, Contains("the intensity of the line at 5895 eV is -1"));
  refused(
      [](Source& s) {
        s.lines = {{5895.0, 1.0}}, s.photon_energy_eV = 5900.0;
      },
      Contains("photon_energy_eV and lines"));
  refused([](Source& s) { s.temperature_C = 20.0, s.pair_energy_eV = 3.7; }, Contains("temperature_C and pair"));
  refused([](Source& s) { s.temperature_C = 400.0; }, Contains("-200 to 45"));
  refused([](Source& s) { s.photon_energy_eV = -1.0; }, Contains("energies above 0"));
  refused([](Source& s) { s.pair_energy_eV = std::numeric_limits<double>::infinity(); }, Contains("energies above 0"));
}

TEST_CASE("a sensor without pitch or thickness is refused") {
  const double bad = GENERATE(0.0, -1.0, undefined);
  CHECK_THROWS_WITH(photon_source({}, {.pitch_um = bad}), Contains("the pitch of the sensor"));
  CHECK_THROWS_WITH(photon_source({.photon_energy_eV = 5900.0}, {.thickness_um = bad}),
                    Contains("the thickness of the sensor"));
}
