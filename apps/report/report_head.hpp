// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "report/report_arrays.hpp"
#include "report/reported_scan.hpp"

namespace velocal {

/// The page of a dataset with all that it shows of these scans. `page_template` is the built page without data.
/// `live`: of the page as a whole, null where it is not watched.
std::string report_of(const Session& session, const std::vector<ReportedScan>& scans, std::string_view page_template,
                      const Json& live = nullptr);

/// The JSON of the page that is there; null where there is none, or another file. Throws InputError where it cannot be
/// read.
Json head_of(const std::filesystem::path& page);

}  // namespace velocal
