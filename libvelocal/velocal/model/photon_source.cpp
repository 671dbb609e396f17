// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/photon_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "velocal/core/error.hpp"
#include "velocal/model/silicon.hpp"
#include "velocal/model/source_lines.hpp"

namespace velocal {
namespace {

void refuse_both(bool first, bool second, std::string_view names) {
  if (first && second) throw UsageError(fmt::format("source: {} together", names), {}, "Leave out one of them");
}

std::vector<EmittedLine> emitted_lines(const Source& source) {
  refuse_both(source.photon_energy_eV.has_value(), !source.lines.empty(), "photon_energy_eV and lines");
  if (source.photon_energy_eV) return {{*source.photon_energy_eV, 1.0}};
  if (!source.lines.empty()) return source.lines;
  const auto lines = built_in_lines(source.name);
  return {lines.begin(), lines.end()};
}

Uncertain pair_energy(const Source& source) {
  refuse_both(source.temperature_C.has_value(), source.pair_energy_eV || source.pair_energy_uncertainty_eV,
              "temperature_C and pair energies");
  if (source.temperature_C) return silicon_pair_energy_eV(*source.temperature_C);
  const Uncertain usual = source.photon_energy_eV ? former_pair_energy_eV : usual_pair_energy_eV;
  return {source.pair_energy_eV.value_or(usual.value), source.pair_energy_uncertainty_eV.value_or(usual.error)};
}

void require_energies(double energy_eV, Uncertain pair) {
  const auto positive = [](double value) { return std::isfinite(value) && value > 0.0; };
  if (positive(energy_eV) && positive(pair.value) && pair.error >= 0.0 && std::isfinite(pair.error)) return;
  throw UsageError("a source has energies above 0",
                   fmt::format("photon {} eV, pair {} +- {} eV", energy_eV, pair.value, pair.error),
                   "Give each of them a value above 0");
}

double known_attenuation_um(const EmittedLine& line) {
  const bool known =
      line.attenuation_um || (lowest_attenuated_eV <= line.energy_eV && line.energy_eV <= highest_attenuated_eV);
  return known ? attenuation_um(line) : undefined;
}

}  // namespace

Uncertain PhotonSource::pairs() const {
  const double pairs = energy_eV / pair_energy_eV.value;
  return {pairs, pairs * pair_energy_eV.error / pair_energy_eV.value};
}

std::string PhotonSource::text() const {
  std::string text = name + ":";
  for (const PhotonLine& line : lines) {
    text += fmt::format("{} {:.6g} eV", &line == &lines.front() ? "" : ",", energy_eV * line.energy_ratio);
    if (lines.size() > 1) text += fmt::format(" ({:.1f} %)", 100.0 * line.share);
  }
  return text + fmt::format("; {:.4g} +- {:.2g} eV a pair", pair_energy_eV.value, pair_energy_eV.error);
}

PhotonSource photon_source(const Source& source, const Sensor& sensor) {
  require_positive("the pitch of the sensor", sensor.pitch_um, "Give pitch_um in µm");
  require_positive("the thickness of the sensor", sensor.thickness_um, "Give thickness_um in µm");
  const std::vector<EmittedLine> emitted = emitted_lines(source);
  PhotonSource made{source.name, emitted.front().energy_eV, pair_energy(source), {}, sensor};
  require_energies(made.energy_eV, made.pair_energy_eV);
  std::ranges::for_each(emitted, require_emitted);
  // A single line takes all, also where its attenuation length is not known.
  const std::vector<double> shares =
      emitted.size() == 1 ? std::vector{1.0} : absorbed_shares(emitted, sensor.thickness_um);
  for (std::size_t i = 0; i < emitted.size(); ++i) {
    const double energy_eV = emitted[i].energy_eV;
    made.lines.push_back({energy_eV / made.energy_eV, shares[i], energy_eV / made.pair_energy_eV.value,
                          known_attenuation_um(emitted[i])});
  }
  return made;
}

}  // namespace velocal
