// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "shell/command_line.hpp"
#include "shell/program.hpp"
#include "shell/report.hpp"
#include "shell/run_log.hpp"
#include "shell/session.hpp"

namespace velocal {

/// What a program did on a dataset.
struct WorkReport {
  Json scans = Json::array();       ///< an entry for each scan, or one for all
  std::vector<std::string> losses;  ///< what was lost beyond what is allowed
};

/// Plans the steps of the session's scans, checks what is there, and does them, or says what they would do. Prints the
/// reports as they come, save with --json. What was done is in `done`, too, when an exception ends it; losses have been
/// told then.
void work_on(const Program& program, const CommandLine& line, const Session& session, RunLog& log, WorkReport& done);

}  // namespace velocal
