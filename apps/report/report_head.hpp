// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "report/report_arrays.hpp"
#include "report/reported_scan.hpp"

namespace velocal {

/// The page of a dataset with all that it shows of these scans. `page_template` is the built page without data.
/// `live`: of the page as a whole, null where it is not watched.
std::string report_of(const Session& session, const std::vector<ReportedScan>& scans, std::string_view page_template,
                      const Json& live = nullptr);

}  // namespace velocal
