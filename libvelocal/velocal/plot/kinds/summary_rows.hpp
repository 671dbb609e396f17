// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/calibration/systematics.hpp"
#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

// What the summaries have in common. Among the scans of one label the first is the reference, the others are its
// variants; the systematic uncertainty is the square root of the sum of the variants' squared differences.

namespace velocal {

/// Scans of one dataset or of several, at least one, that have their calibration: a row each.
using SummaryRows = std::vector<PlottedScan>;

/// A picture, and the numbers in it as CSV with a head line; undefined ones are `nan`.
struct SummaryPicture {
  Figure figure;
  std::string table;
};

/// "N037,warm,<values>"; undefined values are `nan`.
std::string csv_line(const PlottedScan& row, const std::vector<double>& values);

/// Labels in the order in which they come first.
std::vector<std::string> labels_of(const SummaryRows& rows);
SummaryRows with_label(const SummaryRows& rows, const std::string& label);
/// The rows of the first label, then those of the next.
SummaryRows by_label(const SummaryRows& rows);
Colour colour_of(const SummaryRows& rows, const std::string& label);

/// How a value differs between the rows of one label.
GainSystematics systematics_of(const SummaryRows& rows, const std::string& label,
                               Uncertain (*value)(const PlottedScan&));

/// A figure with one panel for the rows, the first at the top. Their names are at its left, the legend at its right.
Figure row_figure(const SummaryRows& rows, const std::string& title, Panel& panel);

}  // namespace velocal
