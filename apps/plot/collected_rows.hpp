// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "plot/plot_results.hpp"
#include "shell/session.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// Adds the rows of a results collection to the scans of a summary, those left out that are among them. Where only the
/// numbers differ, "(table)" tells the row from the scan. A row tells means and values of the ASIC, and no numbers of
/// pixels by status; its source is known where a descriptor has its dataset and label. `labels` are those to be shown;
/// empty: all. Throws InputError when nothing is there to show.
void add_collected_rows(const std::filesystem::path& file, const Session& session,
                        const std::vector<std::string>& labels, PlotResultsShelf& shelf,
                        std::vector<PlottedScan>& scans);

}  // namespace velocal
