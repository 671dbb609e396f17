// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

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

/// The value of --what that makes a file of this name.
std::string_view what_makes(const std::string& name, const Session& session, const ScanSettings& scan);

/// velocal-export: results become CSV files of the established names. `all` takes the baseline where there is one.
Step plan_export(const ExportRequest& request, const Session& session, const ScanSettings& scan);
Report run_export(const ExportRequest& request, const Session& session, const ScanSettings& scan);

}  // namespace velocal
