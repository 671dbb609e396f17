// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chain/chain.hpp"
#include "shell/report.hpp"
#include "shell/session.hpp"
#include "velocal/calibration/calibration.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// The results of one stage as a report shows them.
struct ReportedStage {
  std::string name;   ///< "flux"
  std::string state;  ///< "up to date", "stale", "cannot be compared", "missing", "damaged", "made for this report"
  std::string reason = {};   ///< why it is stale or damaged
  std::string command = {};  ///< makes it, with the options it was made with
  std::string file = {};
  std::string sha256 = {};    ///< of the file
  std::string settings = {};  ///< a line `name: value` each
};

/// What a report shows of one scan: what is there.
struct ReportedScan {
  ScanSettings settings;
  std::string title;
  std::vector<ReportedStage> stages;
  std::optional<FluxCube> flux = {};
  std::optional<ScanFit> fit = {};
  std::optional<Calibration> calibration = {};
  Json live = nullptr;  ///< how far the scan is, while it is being taken
};

/// Reads the results that are there. Those that are stale are shown, those that are damaged left out; the stages say
/// so.
ReportedScan read_reported_scan(const Session& session, const ScanSettings& scan);

}  // namespace velocal
