// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// velocal-pack: the files of a scan become one archive beside their folder.
Step plan_pack(const Session& session, const ScanSettings& scan);
Report run_pack(const Session& session, const ScanSettings& scan);

}  // namespace velocal
