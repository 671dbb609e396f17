// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "velocal/plot/figure/sample.hpp"

namespace velocal {

/// Difference of two histograms of the same bins, each divided by its own number of entries, over its standard error
/// sqrt(a/A^2 + b/B^2); NaN where both bins are empty, or one histogram is.
std::vector<double> normalised_difference(const Histogram& a, const Histogram& b);

/// Normal quantile at (i + 1/2)/n against the i-th smallest of n values (i from 0); of more than `most` values about so
/// many, evenly spread over the normal quantiles, the smallest and the largest among them.
struct NormalPlot {
  std::vector<double> normal;
  std::vector<double> value;
};
NormalPlot normal_plot(std::span<const double> values, std::size_t most = 400);

}  // namespace velocal
