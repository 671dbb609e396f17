// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/source_lines.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <numeric>
#include <string>

#include "support/infinity.hpp"
#include "velocal/core/error.hpp"
#include "velocal/model/silicon.hpp"

using namespace velocal;
using test::infinity;

namespace {

constexpr double velo_um = 200.0;  // thickness of VELO's sensors

struct Element {
  std::string_view source;
  int Z;
  double ratio;  ///< Kβ/Kα
};

constexpr std::array<Element, 11> elements{{{"Ti", 22, 0.1300},
                                            {"Cr", 24, 0.1287},
                                            {"Fe55", 25, 0.1339},
                                            {"Fe", 26, 0.1344},
                                            {"Cu", 29, 0.1338},
                                            {"Zn", 30, 0.1369},
                                            {"Zr", 40, 0.1869},
                                            {"Mo", 42, 0.1935},
                                            {"Ag", 47, 0.2083},
                                            {"Cd109", 47, 0.2083},
                                            {"Sn", 50, 0.2186}}};

std::vector<double> shares_of(std::vector<EmittedLine> lines, double thickness_um = velo_um) {
  return absorbed_shares(lines, thickness_um);
}

double intensity_ratio(std::string_view source) {
  const auto lines = built_in_lines(source);
  return lines[1].intensity / lines[0].intensity;
}

}  // namespace

TEST_CASE("in 200 µm of silicon 88 % of the photons of Fe-55 are of its first line") {
  const auto shares = absorbed_shares(built_in_lines("Fe55"), velo_um);
  REQUIRE(shares.size() == 2);
  CHECK(shares[0] == Approx(0.880).margin(0.001));
  CHECK(shares[1] == Approx(0.120).margin(0.001));
}

TEST_CASE("each built-in source has lines in the order of absorption, with shares that add up to 1") {
  for (const std::string_view name : built_in_source_names()) {
    CAPTURE(name);
    const auto lines = built_in_lines(name);
    const auto shares = absorbed_shares(lines, velo_um);
    REQUIRE(shares.size() == lines.size());
    CHECK(lines.size() >= 2);
    CHECK(std::is_sorted(shares.rbegin(), shares.rend()));
    CHECK(shares.back() > 0.0);
    CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == Approx(1.0).epsilon(1e-12));
    for (const EmittedLine& line : lines) {
      CHECK(line.energy_eV >= lowest_attenuated_eV);
      CHECK(line.energy_eV <= highest_attenuated_eV);
      CHECK_FALSE(line.attenuation_um);
    }
  }
}

TEST_CASE("K lines follow Moseley's law, and Kβ/Kα is that of another evaluation") {
  // Moseley: 3/4 of the Rydberg energy times (Z - 1)². Kβ/Kα of xraylib 4.0, which leaves out Kβ4 and Kβ5.
  for (const Element& element : elements) {
    CAPTURE(element.source);
    const auto lines = built_in_lines(element.source);
    CHECK(lines[0].energy_eV == Approx(0.75 * 13.6057 * (element.Z - 1) * (element.Z - 1)).epsilon(0.03));
    CHECK(lines[1].energy_eV / lines[0].energy_eV == Approx(1.115).margin(0.025));
    CHECK(intensity_ratio(element.source) == Approx(element.ratio).epsilon(0.05));
  }
}

TEST_CASE("silver's K lines are the same from fluorescence and from Cd-109") {
  const auto source = built_in_lines("Cd109"), fluorescence = built_in_lines("Ag");
  CHECK(source[0].energy_eV == fluorescence[0].energy_eV);
  CHECK(source[1].energy_eV == fluorescence[1].energy_eV);
  CHECK(intensity_ratio("Cd109") == Approx(intensity_ratio("Ag")).epsilon(0.005));
}

TEST_CASE("Am-241 has its gamma lines and neptunium's L lines") {
  const auto lines = built_in_lines("Am241");
  const auto has = [lines](double energy_eV, double intensity) {
    return std::ranges::any_of(lines, [=](const EmittedLine& line) {
      return line.energy_eV == Approx(energy_eV).epsilon(0.002) && line.intensity == Approx(intensity).epsilon(0.01);
    });
  };
  CHECK(has(59541, 35.9));
  CHECK(has(26345, 2.31));
  CHECK(lines[0].energy_eV == Approx(13944).epsilon(0.002));  // Lα1, next to Lα2 of a tenth
}

TEST_CASE("a thick sensor absorbs what is emitted, a thin one in proportion to 1/λ") {
  const std::vector<EmittedLine> lines{{6000.0, 3.0, 30.0}, {9000.0, 1.0, 90.0}};
  const auto thick = shares_of(lines, 1e5), thin = shares_of(lines, 1e-6);
  CHECK(thick[0] == Approx(0.75).epsilon(1e-12));
  CHECK(thin[0] == Approx(3.0 / 30.0 / (3.0 / 30.0 + 1.0 / 90.0)).epsilon(1e-6));
}

TEST_CASE("a single line has the share 1, whatever its intensity") {
  CHECK(shares_of({{5900.0, 1e-3, {}}}) == std::vector{1.0});
}

TEST_CASE("a line's own attenuation length overrides silicon's, within the table and outside it") {
  CHECK(attenuation_um({5895.0, 1.0, {}}) == silicon_attenuation_um(5895.0));
  CHECK(attenuation_um({5895.0, 1.0, 12.5}) == 12.5);
  CHECK(attenuation_um({200.0, 1.0, 0.5}) == 0.5);
  CHECK_THROWS_WITH(shares_of({{200.0, 1.0, {}}}), Catch::EndsWith("Give the line its own attenuation_um"));
}

TEST_CASE("an unknown source is refused with those there are and the one that may be meant") {
  const std::string problem =
      "there is no built-in source \"Fe-55\" (there are Fe55, Cd109, Am241, Ti, Cr, Fe, Cu, Zn, "
      "Zr, Mo, Ag, Sn). ";
  CHECK_THROWS_AS(built_in_lines("Fe-55"), UsageError);
  CHECK_THROWS_WITH(built_in_lines("Fe-55"), Catch::StartsWith(problem) && Catch::EndsWith("id you mean \"Fe55\"?"));
  CHECK_THROWS_WITH(built_in_lines("cobalt"), Catch::EndsWith("Give its lines with energy_eV and intensity"));
  CHECK_THROWS_AS(built_in_lines(""), UsageError);
}

TEST_CASE("a source without lines is refused") {
  CHECK_THROWS_AS(shares_of({}), UsageError);
  CHECK_THROWS_WITH(shares_of({}), "the source has no line. Give at least one with energy_eV and intensity");
}

TEST_CASE("energies, intensities, attenuation lengths and thickness have to be positive and finite") {
  const double bad = GENERATE(0.0, -1.0, infinity, undefined);
  const EmittedLine good{5895.0, 100.0, {}};
  CHECK_THROWS_AS(shares_of({good, {bad, 1.0, {}}}), UsageError);
  CHECK_THROWS_AS(shares_of({good, {bad, 1.0, 10.0}}), UsageError);
  CHECK_THROWS_AS(shares_of({good, {6490.0, bad, {}}}), UsageError);
  CHECK_THROWS_AS(shares_of({good, {6490.0, 1.0, bad}}), UsageError);
  CHECK_THROWS_AS(shares_of({good}, bad), UsageError);
  CHECK_THROWS_WITH(
      shares_of({good, {6490.0, 0.0, {}}}),
      "the intensity of the line at 6490 eV is 0 (it has to be positive and finite). Leave out lines that "
      "are not emitted");
}
