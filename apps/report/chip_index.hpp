// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "report/reported_scan.hpp"
#include "velocal/descriptor/dataset_of_chips.hpp"

namespace velocal {

/// The page above those of many chips, `<results>/<name>/report.html`: a row for each chip that has a report.
std::filesystem::path index_path(const Session& session);

/// What the row of the session's chip says of its scans; its numbers are those of the first.
Json chip_row(const Session& session, const std::vector<ReportedScan>& scans);

/// Whether the page has a row of the session's chip. Throws InputError where it cannot be read.
bool has_row(const Session& session);

/// The page with the rows that it has by now, and this one instead of the chip's own. Of `chips`, those of the
/// descriptor, rows stay; one that is left out there says so.
std::string index_with(const Session& session, const Json& row, const std::vector<ChipDataset>& chips,
                       std::string_view page_template);

/// Writes it. Programs that work on other chips at the same time wait for each other.
void write_index(const Session& session, const Json& row, const std::vector<ChipDataset>& chips,
                 std::string_view page_template);

}  // namespace velocal
