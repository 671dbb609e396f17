// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/simulated_lines.hpp"

#include <fmt/format.h>

#include "velocal/core/error.hpp"
#include "velocal/model/source_lines.hpp"

namespace velocal {

std::vector<PhotonLine> simulated_lines(const Dataset& dataset, const Sensor& sensor) try {
  const auto emitted = built_in_lines(dataset.source.name);
  const std::vector<double> share = absorbed_shares(emitted, sensor.thickness_um);
  std::vector<PhotonLine> lines;
  for (std::size_t i = 0; i < emitted.size(); ++i) {
    lines.push_back({.energy_ratio = emitted[i].energy_eV / emitted[0].energy_eV,
                     .share = share[i],
                     .pairs = emitted[i].energy_eV / dataset.source.pair_energy_eV,
                     .attenuation_um = attenuation_um(emitted[i])});
  }
  return lines;
} catch (const UsageError& error) {
  throw DescriptorError(fmt::format("simulation.physics needs the lines of the source: {}", error.what()));
}

}  // namespace velocal
