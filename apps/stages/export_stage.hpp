// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "shell/program.hpp"
#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// What the command line of velocal-export asks for.
struct ExportRequest {
  std::string what = "all";  ///< or "flux", "fit", "matrices", "baseline"
};

/// --what, which fills the request.
ProgramOption what_option(ExportRequest& request);

/// velocal-export: results become CSV files of the established names. `all` takes the baseline where there is one.
Step plan_export(const ExportRequest& request, const Session& session, const ScanSettings& scan);
Report run_export(const ExportRequest& request, const Session& session, const ScanSettings& scan);

}  // namespace velocal
