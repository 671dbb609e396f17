// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "physical_study.hpp"
#include "velocal/model/photon_source.hpp"

namespace velocal::test {
namespace {

/// Fe-55 whose second line has this share of the absorbed photons.
Source source_with_share(double share) {
  Source source;
  source.temperature_C = 20.0;
  source.lines = {{.energy_eV = 5895.0, .intensity = 1.0}, {.energy_eV = 6490.0, .intensity = 1.0}};
  const auto lines = photon_source(source).lines;
  source.lines[1].intensity = share / (1.0 - share) * lines[0].share / lines[1].share;
  return source;
}

MistakenFits mistaken(const Seen& seen, const std::string& mistake, const ScanSettings& scan) {
  return {mistake, {fit_as(seen, "diffusion", scan), fit_as(seen, "F1_0", scan)}};
}

}  // namespace

std::vector<MistakenFits> study_mistakes(const Seen& right) {
  const ScanSettings truth = physical_scan(right.chip.settings());
  std::vector<MistakenFits> all{mistaken(right, "none", truth)};
  ScanSettings scan = truth;
  const double share = photon_source(truth.source, truth.sensor).lines[1].share;
  scan.source = source_with_share(0.9 * share);
  all.push_back(
      mistaken(right, fmt::format("Kβ {:.3f} of the absorbed photons instead of {:.3f}", 0.9 * share, share), scan));
  scan.source = physical_scan({.both_lines = false}).source;
  all.push_back(mistaken(right, "no Kβ", scan));
  scan = truth;
  scan.sensor.thickness_um = 190.0;
  all.push_back(mistaken(right, "sensor of 190 µm instead of 200", scan));
  scan = truth;
  scan.source.temperature_C.reset();
  scan.source.pair_energy_eV = 1.005 * photon_source(truth.source).pair_energy_eV.value;
  scan.source.pair_energy_uncertainty_eV = 0.02;
  all.push_back(mistaken(right, "pair energy 0.5 % too large", scan));
  Seen shifted = right;
  for (double& baseline : shifted.cube.baseline->mean) baseline += baseline > 0.0 ? 0.5 : 0.0;
  all.push_back(mistaken(shifted, "baseline 0.5 DAC too high", truth));
  const double sigma_um = right.chip.settings().sigma_um;
  for (const double factor : {0.95, 1.0, 1.05}) {
    all.push_back(
        {fmt::format("cloud held at {:.2f} µm", factor * sigma_um), {fit_with_cloud(right, factor * sigma_um)}});
  }
  return all;
}

}  // namespace velocal::test
