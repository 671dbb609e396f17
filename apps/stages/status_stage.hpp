// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/program.hpp"
#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// --verify: files of counts are read and compared with what they held.
ProgramOption verify_option();

/// velocal-status: how each result of a scan stands, and which command makes it, or makes it anew. Writes nothing.
Step plan_status(const Session& session, const ScanSettings& scan);
Report run_status(const Session& session, const ScanSettings& scan);

}  // namespace velocal
