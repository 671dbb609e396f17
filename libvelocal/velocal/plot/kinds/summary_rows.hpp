// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/calibration/systematics.hpp"
#include "velocal/plot/kinds/summary.hpp"

// What the summaries have in common.

namespace velocal {

using SummaryEntries = std::vector<SummaryEntry>;

/// "N037,warm,<values>"; undefined values are `nan`.
std::string csv_line(const SummaryEntry& entry, const std::vector<double>& values);

/// Labels in the order in which they come first.
std::vector<std::string> labels_of(const SummaryEntries& entries);
SummaryEntries with_label(const SummaryEntries& entries, const std::string& label);
/// The entries of the first label, then those of the next.
SummaryEntries by_label(const SummaryEntries& entries);
Colour colour_of(const SummaryEntries& entries, const std::string& label);

/// Of a value of the entries of one label, the first being the reference.
GainSystematics systematics_of(const SummaryEntries& entries, const std::string& label,
                               Uncertain (*value)(const SummaryEntry&));

/// One row an entry, the first at the top, named at the left, with the legend at the right.
Figure row_figure(const SummaryEntries& rows, const std::string& title, Panel& panel);

}  // namespace velocal
