// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// velocal-gain: the matrices.h5 and fit.h5 of scans with several sources become gain.h5. It belongs to no scan in
/// particular. Throws UsageError when the scans have fewer than two lines, or two have the same.
Step plan_gain(const Session& session, const ScanSettings& scan);
Report run_gain(const Session& session, const ScanSettings& scan);

/// Why the gain that is there is not what velocal-gain would make of the same scans now; empty: it is.
std::string gain_problem(const Session& session);

}  // namespace velocal
