// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/fit/problem/curves.hpp"
#include "velocal/fit/saturation.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// Throws UsageError when the cube is not whole or the settings are not valid; InputError when the settings need a
/// baseline that it lacks, and when its groups follow another pattern: a fit of pixels of one pattern beside the ASIC
/// of another would be a number of nothing.
void require_consistent(const FluxCube& cube, const FitSettings& settings);

/// Why no fit takes the pixel: it is masked, outside the group, or without the baseline that `mode` takes off; else
/// none.
StatusReason reason_to_skip(const FluxCube& cube, PixelGroup group, BaselineMode mode, std::size_t pixel);

/// The pixels of a scan as curves, those with a reason_to_skip() as skipped, and those whose counters are full too.
/// Where the counter is expected to be full, a pixel has no live time. The cube has to be consistent with the mode, and
/// must live as long.
class ChipCurves {
 public:
  /// `above_baseline`: the curves' thresholds count from the baseline whatever the mode; a pixel without one of its own
  /// takes the mean over the group (LineOrigins).
  ChipCurves(const FluxCube& cube, PixelGroup group, BaselineMode mode, bool above_baseline = false);

  const Curves& curves() const { return curves_; }
  const Saturation& saturation() const { return saturation_; }

 private:
  Saturation saturation_;
  std::vector<double> live_time_s_;  ///< [pixel][T]; empty: the cube's
  std::vector<double> threshold_;
  std::vector<double> origin_;
  std::vector<StatusReason> skipped_;
  Curves curves_;
};

/// What is taken off a pixel's thresholds before the fit [DAC]: nothing, its baseline, or that truncated to an integer.
double baseline_shift(const NoiseBaseline& baseline, BaselineMode mode, std::size_t pixel);
/// The same with the cube's baseline, which `after` does not need.
double baseline_shift(const FluxCube& cube, BaselineMode mode, std::size_t pixel);

}  // namespace velocal
