// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "shell/program.hpp"
#include "shell/report.hpp"
#include "shell/session.hpp"

namespace velocal {

/// velocal-report: all results of a dataset on one page. Planning makes the page, which tells whether the one that is
/// there is up to date.
class ReportStage {
 public:
  explicit ReportStage(std::string_view page_template) : template_(page_template) {}

  Step plan(const Session& session, const ScanSettings& scan);
  Report run(const Session& session, const ScanSettings& scan);

 private:
  std::string_view template_;
  std::string page_;
};

}  // namespace velocal
