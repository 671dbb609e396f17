// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/reported_scan.hpp"
#include "shell/program.hpp"
#include "shell/report.hpp"
#include "shell/session.hpp"
#include "velocal/core/error.hpp"
#include "velocal/descriptor/dataset_of_chips.hpp"

namespace velocal {

/// What the command line of velocal-report asks for.
struct ReportRequest {
  bool watch = false;
  double every_s = 60.0;  ///< between two looks at a scan that is being taken
};

/// --watch and --every, which fill the request.
std::vector<ProgramOption> report_options(ReportRequest& request);

/// velocal-report: all results of a dataset on one page. Planning makes the page, which tells whether the one that is
/// there is up to date.
class ReportStage {
 public:
  /// `request` is filled by the command line before plan() is called. Both must live as long.
  ReportStage(const ReportRequest& request, std::string_view page_template)
      : request_(request), template_(page_template) {}

  Step plan(const Session& session, const ScanSettings& scan);
  /// With --watch it works until all acquisitions are taken, or a signal comes.
  Report run(const Session& session, const ScanSettings& scan);

 private:
  void add_row(const Session& session, const std::vector<ReportedScan>& scans, Step& step);
  void add_nothing(const Session& session, const std::vector<ReportedScan>& scans, Step& step);
  void add_index(const Session& session, const std::vector<ReportedScan>& scans, bool same_page, Step& step);

  const ReportRequest& request_;
  std::string_view template_;
  std::string page_;
  Json row_;                           ///< of the page of many chips
  std::vector<ChipDataset> chips_;     ///< of the descriptor
  std::optional<InputError> nothing_;  ///< why the chip has no page
};

}  // namespace velocal
