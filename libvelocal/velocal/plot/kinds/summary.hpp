// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/calibration/calibration.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/plot/figure/figure.hpp"

namespace velocal {

/// The calibration of one scan in one dataset; a view: it must live as long.
struct SummaryEntry {
  std::string dataset;
  std::string label;
  const Calibration* calibration;
  Source source;
};

/// A picture over several datasets, and the numbers in it as CSV with a head line; undefined ones are `nan`.
struct SummaryPicture {
  Figure figure;
  std::string table;
};

// Of the entries of one label the first is the reference, the others its variants; the systematic uncertainty is the
// square root of the sum of the variants' squared differences. At least one entry each.

/// K of each entry: mean with its error, ASIC, ASICgood; the reference -+ its systematic uncertainty as a band; the
/// design.
SummaryPicture gain_summary(const std::vector<SummaryEntry>& entries);
/// Shares of the live pixels by status.
SummaryPicture pixel_summary(const std::vector<SummaryEntry>& entries);
/// Photon energy and number of electrons against the mean target with its total uncertainty (error of the mean and
/// systematic in quadrature), and the line that the chip was designed for.
SummaryPicture energy_summary(const std::vector<SummaryEntry>& entries);

}  // namespace velocal
