// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "plot/plot_request.hpp"
#include "plot/plot_results.hpp"
#include "plot/requested_pictures.hpp"
#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// velocal-plot: results become pictures. Planning reads the results, which tell what can be drawn, so that nothing is
/// written before all pictures asked for are known to be possible.
class PlotStage {
 public:
  /// `request` is filled by the command line before plan() is called, and must live as long.
  explicit PlotStage(const PlotRequest& request) : request_(request) {}

  Step plan(const Session& session, const ScanSettings& scan);
  Report run(const Session& session, const ScanSettings& scan);
  /// Whether the kind shows all scans together: plan() and run() are then called once.
  bool is_of_all_scans() const;
  /// Whether it shows all chips together.
  bool is_of_all_chips() const;

 private:
  const std::vector<PlacedPicture>& pictures(const Session& session, const ScanSettings& scan);

  const PlotRequest& request_;
  std::string dataset_;  ///< that which the shelf is filled for
  PlotResultsShelf shelf_;
  std::map<std::string, std::vector<PlacedPicture>> pictures_;  ///< by the scan's label
};

}  // namespace velocal
