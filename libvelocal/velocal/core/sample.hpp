// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "velocal/core/uncertain.hpp"

// Statistics of a sample of numbers. The functions take finite numbers only: ask for finite_values() first.

namespace velocal {

/// The values that are neither NaN nor infinite, in their order.
std::vector<double> finite_values(std::span<const double> values);

/// Moments over the sample. The standard deviation has the divisor N, as the analysis replaced by this program has it.
/// The skewness is the third central moment over sigma^3, the kurtosis the fourth over sigma^4 less 3: both are 0 for a
/// normal distribution. All are NaN without values, the last two also without a spread.
struct Moments {
  std::size_t count = 0;
  double mean = undefined;
  double standard_deviation = undefined;
  double mean_error = undefined;  ///< standard deviation / sqrt(count)
  double skewness = undefined;
  double kurtosis = undefined;
};
/// Moments of finite values.
Moments moments(std::span<const double> values);

/// Mean of values that come one at a time, and its error as above. Sums lose digits of the error where the values
/// differ little, but for integers: their squares add up exactly to 2^53.
struct SampleSums {
  double count = 0.0;    ///< values so far
  double sum = 0.0;      ///< their sum
  double squares = 0.0;  ///< the sum of their squares

  /// Takes one more value, which has to be finite.
  void add(double value) {
    count += 1.0;
    sum += value;
    squares += value * value;
  }
  double mean() const { return count > 0.0 ? sum / count : undefined; }  ///< NaN without values
  double mean_error() const;                                             ///< NaN without values
};

/// Value below which the share `probability` (0...1) of the values lies, interpolated between neighbours: at 0 the
/// smallest, at 1 the largest. NaN without values. Leaves the caller's values in their order.
double quantile(std::span<const double> values, double probability);

/// A value with its information, the inverse of its relative variance; 0: it says nothing.
struct WeightedValue {
  double value = 0.0;
  double information = 0.0;
};

/// Median of the values, each weighted by its information, with the error that normally distributed ones give it. NaN
/// where they have less information together than `least` > 0.
Uncertain weighted_median(std::vector<WeightedValue> values, double least);

/// Quantile of the standard normal distribution; probability within (0, 1).
double normal_quantile(double probability);

/// An interval, both ends included, in the unit of the values.
struct Range {
  double from = 0.0;  ///< lower end
  double to = 1.0;    ///< upper end
};

/// The middle `share` of the values, by quantiles. A range of one value is widened to a length > 0; without values it
/// is 0...1.
Range central_range(std::span<const double> values, double share = 0.98);

/// Median -+ `widths` times half the distance of the quantiles at -+1 sigma, but no further than the values go. A few
/// values far out do not widen it. One value or none: as above.
Range robust_range(std::span<const double> values, double widths = 5.0);

/// A sample against the normal distribution: value[i] is as far up in the sample as normal[i] is in a normal
/// distribution of mean 0 and width 1.
struct NormalPlot {
  std::vector<double> normal;
  std::vector<double> value;
};
/// The i-th smallest of n values (i from 0) stands at the normal quantile of (i + 1/2)/n. A sample of more than `most`
/// values is thinned to about so many, evenly over the normal quantiles; the smallest and the largest stay.
NormalPlot normal_plot(std::span<const double> values, std::size_t most = 400);

}  // namespace velocal
