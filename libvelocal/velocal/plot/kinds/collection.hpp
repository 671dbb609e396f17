// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"
#include "velocal/plot/kinds/distribution.hpp"

namespace velocal {

/// What a collection shows of each parameter below its histograms.
struct CollectionOptions {
  std::vector<std::string> parameters{"target", "K"};
  std::optional<AsicReference> discrepancy = {};
  bool qq = false;
};

/// A column a parameter: the histograms of all scans over one another with lines for mean (solid), ASIC (dashed) and
/// ASICgood (dotted); where there are even and odd columns of one label, their normalised difference; and what the
/// options say. Throws as find_quantity() does.
Figure collection(const std::string& title, const std::vector<PlottedScan>& scans, const CollectionOptions& options);

}  // namespace velocal
