// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/source_lines.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>

#include "velocal/core/error.hpp"
#include "velocal/core/near_miss.hpp"
#include "velocal/model/silicon.hpp"

// Where the numbers come from.
//
// Energies of K lines: NIST X-Ray Transition Energies, SRD 128 (Deslattes et al., Rev. Mod. Phys. 75 (2003) 35), direct
// measurements; for Mo the X-Ray Data Booklet, table 1-2 (LBNL, 2009). Kα is (2·Kα1 + Kα2)/3. Kβ is (2·Kβ1 + Kβ3)/3,
// from Zr on the mean of that and Kβ2, weighted as K'β1 and K'β2 are emitted.
//
// Intensities: Decay Data Evaluation Project (Table of Radionuclides, Monographie BIPM-5; LNHB's files of the
// nuclides). For fluorescence it is 100·Kβ/Kα of the decay that emits the element's X-rays. A photon that knocks out
// the electron makes this ratio differ by a few per cent.

namespace velocal {
namespace {

// Mn: Kα1 5898.80, Kα2 5887.69, Kβ 6490.6 eV. Per 100 decays 16.48 + 8.40 and 3.38: 13.6 to 100 (Fe-55, evaluated
// 2024).
constexpr std::array<EmittedLine, 2> fe55{{{5895.0, 100.0, {}}, {6490.0, 13.6, {}}}};

// Per 100 decays (Cd-109, 2014): Ag Kα 55.1 + 29.21, Kβ 15.25 + 2.65, γ 88033.6 eV 3.66. The L lines of 3 keV are left
// out: a source's window stops them.
constexpr std::array<EmittedLine, 3> cd109{{{22105.4, 84.31, {}}, {25010.0, 17.90, {}}, {88033.6, 3.66, {}}}};

// Per 100 decays (Am-241, 2009): Np Lα 13.02, Lβ 18.58, Lγ 4.83, Ll 0.844, Lη 0.384, γ 26344.6 eV 2.31, γ 59540.9 eV
// 35.92. Energies of the groups: means of the lines' energies, weighted with their intensities, both from xraylib 4.0
// (Schoonjans et al., Spectrochim. Acta B 66 (2011) 776). Lβ, which spans 2 keV, is divided with these: 64.9 % Lβ1,3,5,
// 35.1 % Lβ2,4,6. Lines of less than 0.3 are left out.
constexpr std::array<EmittedLine, 8> am241{{{13927.0, 13.02, {}},
                                            {17773.0, 12.05, {}},
                                            {16888.0, 6.53, {}},
                                            {21037.0, 4.83, {}},
                                            {59540.9, 35.92, {}},
                                            {11871.0, 0.844, {}},
                                            {26344.6, 2.31, {}},
                                            {15861.0, 0.384, {}}}};

// Kα1, Kα2, Kβ [eV]; evaluated decay, with its intensities of Kα and Kβ.
// 4510.90, 4504.92, 4931.8; Sc-46: 0.00461, 0.000612.
constexpr std::array<EmittedLine, 2> ti{{{4508.9, 100.0, {}}, {4931.8, 13.3, {}}}};
// 5414.80, 5405.54, 5946.8; Mn-54: 22.67, 3.05.
constexpr std::array<EmittedLine, 2> cr{{{5411.7, 100.0, {}}, {5946.8, 13.5, {}}}};
// 6404.01, 6391.03, 7058.2; Co-57: 50.6, 6.93.
constexpr std::array<EmittedLine, 2> fe{{{6399.7, 100.0, {}}, {7058.2, 13.7, {}}}};
// 8047.82, 8027.84, 8905.4; Zn-65: 34.67, 4.82.
constexpr std::array<EmittedLine, 2> cu{{{8041.2, 100.0, {}}, {8905.4, 13.9, {}}}};
// 8638.91, 8615.82, 9572.0; Ga-67: 50.0, 7.08.
constexpr std::array<EmittedLine, 2> zn{{{8631.2, 100.0, {}}, {9572.0, 14.2, {}}}};
// 15774.91, 15690.65, K'β1 17661.9, K'β2 17970.3; Y-90m: 5.31e-7, 0.88e-7 + 0.129e-7.
constexpr std::array<EmittedLine, 2> zr{{{15746.8, 100.0, {}}, {17701.0, 19.0, {}}}};
// 17479.3, 17374.3, K'β1 19602.3, K'β2 19965.2; Nb-95: 0.0832, 0.0143 + 0.00221.
constexpr std::array<EmittedLine, 2> mo{{{17444.3, 100.0, {}}, {19651.0, 19.8, {}}}};
// 22162.92, 21990.30, K'β1 24932.1, K'β2 25456.7; Cd-109.
constexpr std::array<EmittedLine, 2> ag{{{22105.4, 100.0, {}}, {25010.0, 21.2, {}}}};
// 25271.36, 25044.04, K'β1 28472.3, K'β2 29109.6. The ratio and the share of K'β2, 0.166, lie on a straight line
// between In (Sn-113: 79.6, 14.58 + 2.77) and Te (Sb-125: 60.1, 11.2 + 2.43).
constexpr std::array<EmittedLine, 2> sn{{{25195.6, 100.0, {}}, {28578.0, 22.1, {}}}};

constexpr std::array<std::string_view, 12> names{"Fe55", "Cd109", "Am241", "Ti", "Cr", "Fe",
                                                 "Cu",   "Zn",    "Zr",    "Mo", "Ag", "Sn"};
constexpr std::array<std::span<const EmittedLine>, names.size()> lines_of_names{fe55, cd109, am241, ti, cr, fe,
                                                                                cu,   zn,    zr,    mo, ag, sn};

double absorbed_intensity(const EmittedLine& line, double thickness_um) {
  require_emitted(line);
  return line.intensity * -std::expm1(-thickness_um / attenuation_um(line));
}

}  // namespace

void require_positive(std::string_view what, double value, std::string_view suggestion) {
  if (std::isfinite(value) && value > 0.0) return;
  throw UsageError(fmt::format("{} is {}", what, value), "it has to be positive and finite", suggestion);
}

void require_emitted(const EmittedLine& line) {
  require_positive("the energy of a line", line.energy_eV, "Give energy_eV in eV");
  require_positive(fmt::format("the intensity of the line at {} eV", line.energy_eV), line.intensity,
                   "Leave out lines that are not emitted");
}

std::span<const std::string_view> built_in_source_names() {
  return names;
}

std::span<const EmittedLine> built_in_lines(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return lines_of_names[static_cast<std::size_t>(found - names.begin())];
  const std::string near = did_you_mean(name, names);
  throw UsageError(fmt::format("there is no built-in source \"{}\"", name),
                   fmt::format("there are {}", fmt::join(names, ", ")),
                   near.empty() ? "Give its lines with energy_eV and intensity" : near);
}

double attenuation_um(const EmittedLine& line) {
  if (!line.attenuation_um) return silicon_attenuation_um(line.energy_eV);
  require_positive(fmt::format("the attenuation length of the line at {} eV", line.energy_eV), *line.attenuation_um,
                   "Give attenuation_um in µm, or leave it out for silicon's");
  return *line.attenuation_um;
}

std::vector<double> absorbed_shares(std::span<const EmittedLine> lines, double thickness_um) {
  if (lines.empty()) throw UsageError("the source has no line", {}, "Give at least one with energy_eV and intensity");
  require_positive("the thickness of the sensor", thickness_um, "Give thickness_um in µm");
  std::vector<double> shares;
  for (const EmittedLine& line : lines) shares.push_back(absorbed_intensity(line, thickness_um));
  const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= all;
  return shares;
}

}  // namespace velocal
