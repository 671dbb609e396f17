// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "velocal/core/uncertain.hpp"

// Numbers of a sample of values. NaN never takes part: ask for finite_values() first.

namespace velocal {

std::vector<double> finite_values(std::span<const double> values);

/// Value below which the share `probability` (0...1) of the values lies, interpolated between neighbours: at 0 the
/// smallest, at 1 the largest. NaN without values. Sorts nothing of the caller's.
double quantile(std::span<const double> values, double probability);

/// Of the standard normal distribution; probability within (0, 1).
double normal_quantile(double probability);

/// Moments over the sample; standard deviation with divisor N. Skewness is the third central moment over sigma^3,
/// kurtosis the fourth over sigma^4 less 3: both 0 for a normal distribution. NaN where undefined.
struct Moments {
  std::size_t count = 0;
  double mean = undefined;
  double standard_deviation = undefined;
  double mean_error = undefined;  ///< standard deviation / sqrt(count)
  double skewness = undefined;
  double kurtosis = undefined;
};
Moments moments(std::span<const double> values);

struct Range {
  double from = 0.0;
  double to = 1.0;
};

/// The middle `share` of the values, by quantiles: for colours. A range of one value is widened to a length > 0;
/// 0...1 without values.
Range central_range(std::span<const double> values, double share = 0.98);

/// Median -+ `widths` times half the distance of the quantiles at -+1 sigma, but no further than the values go: what a
/// histogram shows, however far a few values lie out. Widened and empty as above.
Range robust_range(std::span<const double> values, double widths = 5.0);

/// 1, 2 or 5 times a power of ten, the smallest that is not below `least` > 0.
double round_step(double least);

/// Counts of values in equal bins; what lies outside is counted apart. A bin holds its lower edge, the last one both.
struct Histogram {
  std::vector<double> edges;     ///< [n + 1]
  std::vector<double> contents;  ///< [n]
  std::size_t outside = 0;

  double width() const { return edges[1] - edges[0]; }
  double highest() const;
};
/// `bins` equal ones over the range.
Histogram histogram(std::span<const double> values, Range range, std::size_t bins);
/// Bins of a round width over the robust range, at multiples of the width; as narrow as the number of values allows
/// (Freedman & Diaconis: 2 IQR/cube root of n), but at most about 100.
Histogram histogram(std::span<const double> values);
/// The same bins for another sample.
Histogram histogram_like(const Histogram& other, std::span<const double> values);

}  // namespace velocal
