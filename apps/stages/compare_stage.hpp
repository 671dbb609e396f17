// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/program.hpp"
#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// --compare: the program compares the datasets' gains and makes nothing.
ProgramOption compare_option();
inline bool compares(const Session& session) {
  return !session.others.empty();
}

/// velocal-matrices --compare: the matrices.h5 of all datasets become a table. Throws UsageError when two of them are
/// the same file.
Step plan_comparison(const Session& session, const ScanSettings& scan);
Report run_comparison(const Session& session, const ScanSettings& scan);

}  // namespace velocal
