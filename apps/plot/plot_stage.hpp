// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/plot_kinds.hpp"
#include "plot/plot_request.hpp"
#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// velocal-plot: results become pictures. Planning reads the results, since what there is to be drawn stands in them;
/// nothing is written before all pictures that are asked for are known to be possible.
class PlotStage {
 public:
  /// `request` is filled by the command line before plan() is called, and must live as long.
  explicit PlotStage(const PlotRequest& request) : request_(request) {}

  Step plan(const Session& session, const ScanSettings& scan);
  Report run(const Session& session, const ScanSettings& scan);

 private:
  const std::vector<Picture>& pictures(const Session& session, const ScanSettings& scan);

  const PlotRequest& request_;
  PlotResultsShelf shelf_;
  std::map<std::string, std::vector<Picture>> pictures_;  ///< by scan
};

}  // namespace velocal
