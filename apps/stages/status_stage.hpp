// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chain/chain.hpp"
#include "shell/program.hpp"
#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// --verify: files are read and compared with what they held; the description says which.
ProgramOption verify_option(const std::string& description);

/// --reseal: files of results that another program has changed are accepted as they are; nothing else is done.
ProgramOption reseal_option();
inline bool reseals(const Session& session) {
  return !session.resealed.empty();
}
Step plan_reseal(const Session& session, const ScanSettings& scan);
Report run_reseal(const Session& session, const ScanSettings& scan);

/// velocal-status: how each result of a scan stands, and which command makes it, or makes it anew. Writes nothing.
Step plan_status(const Session& session, const ScanSettings& scan);

/// Tells it of the scans one after the other. What it has seen of them it keeps for the gain, which is of all.
class ResultsReporter {
 public:
  Report report(const Session& session, const ScanSettings& scan);

 private:
  Chains chains_;  ///< of the chip's scans so far
};

}  // namespace velocal
