// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "velocal/core/sample.hpp"

namespace velocal {

/// Counts of values in equal bins; values outside are counted apart, NaN among them. A bin holds its lower edge, the
/// last bin both edges.
struct Histogram {
  std::vector<double> edges;     ///< [n + 1]
  std::vector<double> contents;  ///< [n]
  std::size_t outside = 0;

  double width() const { return edges[1] - edges[0]; }
  double highest() const;
};

/// `bins` equal bins over the range.
Histogram histogram(std::span<const double> values, Range range, std::size_t bins);

/// Bins of a round width over the robust range, at multiples of the width. The width is that of Freedman & Diaconis,
/// 2 IQR/cube root of n, rounded up, but there are at most about 100 bins.
Histogram histogram(std::span<const double> values);

/// Another sample in the same bins.
Histogram histogram_like(const Histogram& other, std::span<const double> values);

/// Difference of two histograms of the same bins, each divided by its number of entries, over its standard error
/// sqrt(a/A^2 + b/B^2). NaN where both bins are empty, or one histogram is.
std::vector<double> normalised_difference(const Histogram& a, const Histogram& b);

/// 1, 2 or 5 times a power of ten: the smallest that is not below `least` > 0.
double round_step(double least);

}  // namespace velocal
