// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// Takes the text of --seed. Throws UsageError.
void set_seed(Session& session, const std::string& text);

/// velocal-simulate: the section `simulation` becomes the files of a scan and truth.h5. Throws DescriptorError when
/// the scan has no such section.
Step plan_simulation(const Session& session, const ScanSettings& scan);
Report run_simulation(const Session& session, const ScanSettings& scan);

}  // namespace velocal
