// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/core/uncertain.hpp"

namespace velocal {

/// Readings of one pixel in a noise scan; the two have one length.
struct NoiseReadings {
  std::span<const int> threshold;  ///< DAC, each a step below the one before
  std::span<const std::uint16_t> hits;
  int step = 1;  ///< DAC
};

/// The noise of a pixel [DAC]; NaN where the readings do not determine it.
struct NoiseEstimate {
  double mean = undefined;
  double error = undefined;  ///< of the mean
  double width = undefined;
};

/// A way to get mean and width from readings with two hits or more; from one hit it may give the mean alone.
struct NoiseEstimator {
  std::string_view name;  ///< in descriptors
  NoiseEstimate (*estimate)(const NoiseReadings& readings);
};

/// Throws UsageError that names the estimators there are. A new one is a file that defines it, and a row in the source.
const NoiseEstimator& noise_estimator(std::string_view name);
std::vector<std::string> noise_estimator_names();

/// Sum of the hits and of hits times threshold.
struct HitSums {
  double hits = 0.0;
  double weighted = 0.0;  ///< DAC
};
HitSums hit_sums(const NoiseReadings& readings);

/// sqrt(sum of h (threshold - mean)^2/(N - 1)); NaN for fewer than two hits.
double width_about(double mean, const NoiseReadings& readings, double hits);

}  // namespace velocal
