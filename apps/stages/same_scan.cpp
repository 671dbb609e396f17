// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/same_scan.hpp"

#include <fmt/format.h>

#include "velocal/core/error.hpp"
#include "velocal/flux/scan_difference.hpp"

namespace velocal {

void require_same_scan(const FluxCube& cube, const Session& session, const ScanSettings& scan) {
  const auto difference = scan_difference(cube, scan, session.dataset.fit.separation);
  if (!difference) return;
  throw InputError(fmt::format("{} was made with other settings", session.paths(scan).flux().string()),
                   fmt::format("{}: {} in the file, {} in the descriptor", difference->setting, difference->in_cube,
                               difference->in_scan),
                   fmt::format("Run velocal-flux {} --force first", session.dataset.file.string()));
}

}  // namespace velocal
