// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// velocal-matrices: fit.h5 becomes matrices.h5, summary.csv and a row of the results collection.
Step plan_matrices(const Session& session, const ScanSettings& scan);
Report run_matrices(const Session& session, const ScanSettings& scan);

}  // namespace velocal
