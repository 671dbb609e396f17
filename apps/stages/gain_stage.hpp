// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "chain/chain.hpp"
#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// velocal-gain: the matrices.h5 and fit.h5 of scans with several sources become gain.h5. It belongs to no scan in
/// particular. Throws UsageError when the scans have fewer than two lines, or two have the same.
Step plan_gain(const Session& session, const ScanSettings& scan);
Report run_gain(const Session& session, const ScanSettings& scan);

struct StaleGain {
  std::string reason;
  bool comparable = true;    ///< false: the data of a scan cannot be read now, so that it may be what would be made
  std::string options = {};  ///< of the command that makes it anew: " --scan iron --scan copper"; empty: not known
};

/// Whether the gain that is there is not what velocal-gain would make of the same scans now; none: it is. Only scans
/// whose chain is not among `known` are looked at.
std::optional<StaleGain> stale_gain(const Session& session, const Chains& known);

}  // namespace velocal
