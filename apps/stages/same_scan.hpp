// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/session.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// A flux file outlives changes of its descriptor. Throws InputError when this one was made with other thresholds,
/// acquisitions, shutter, rejection, baseline or separation than the descriptor has now.
void require_same_scan(const FluxCube& cube, const Session& session, const ScanSettings& scan);

}  // namespace velocal
