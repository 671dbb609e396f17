// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// velocal-baseline: the noise scans of a dataset become baseline.h5 and the equalisation's CSV files. They belong to
/// no scan in particular.
Step plan_baseline(const Session& session, const ScanSettings& scan);
Report run_baseline(const Session& session, const ScanSettings& scan);

}  // namespace velocal
