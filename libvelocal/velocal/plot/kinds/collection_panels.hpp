// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/core/histogram.hpp"
#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

// The panels of a collection: each shows one parameter of all scans.

namespace velocal {

/// A scan's part of one panel.
struct CollectionEntry {
  std::string name;  ///< "warm", "warm/even"
  PixelGroup group = PixelGroup::all;
  std::string label = {};
  Colour colour = {};
  PixelQuantity quantity = {};
  std::vector<double> values = {};       ///< finite ones
  Moments found = {};                    ///< of these
  std::vector<double> discrepancy = {};  ///< finite ones; empty: not asked for
};
using CollectionEntries = std::vector<CollectionEntry>;

/// One binning for the values of all entries.
Histogram common_bins(const CollectionEntries& entries);

/// The histograms, with lines for mean, ASIC and ASICgood.
Panel histograms_panel(const CollectionEntries& entries, const Histogram& bins, const Figure& figure, Panel placed);
/// Even less odd columns of each label, over the error, on a band from -2 to 2.
Panel differences_panel(const CollectionEntries& entries, const Histogram& bins, Panel placed);
/// Histograms of the distances to the ASIC.
Panel discrepancies_panel(const CollectionEntries& entries, const DiscrepancyReference& reference, const Figure& figure,
                          Panel placed);
/// Values against normal quantiles, with the line of the normal distribution of the same mean and width.
Panel normal_panel(const CollectionEntries& entries, Panel placed);

}  // namespace velocal
