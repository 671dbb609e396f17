// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "velocal/simulate/smeared_signals.hpp"

namespace velocal {

/// F/R of signals for the noises and thresholds of many pixels, tabulated and interpolated by cubics. It is within 5e-6
/// of SmearedSignals, which a test holds; the photons' number alone makes it uncertain by 1e-4.
class FluxTable {
 public:
  /// What the table is for, over the target. Noises are positive.
  struct Range {
    double least_noise;
    double most_noise;
    double least_threshold;
  };

  /// `threads` <= 0: all.
  FluxTable(std::span<const Signal> signals, const Range& range, int threads = 0);

  /// The noise, and the threshold above the baseline, over the target; both within the range. 0 where the threshold
  /// lies 6 s or more below the baseline.
  double operator()(double threshold, double noise) const;

 private:
  /// One noise: values at equal steps of the threshold.
  struct Row {
    double begin = 0.0;
    double step = 0.0;
    std::vector<double> flux;

    double at(double threshold) const;
  };

  static Row make_row(std::span<const Signal> signals, double noise, double least_threshold);

  double log_begin_;       ///< of the noise of the first row
  std::vector<Row> rows_;  ///< at equal steps of log noise
};

}  // namespace velocal
