// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/chip_curves.hpp"

#include <cmath>

namespace velocal {
namespace {

StatusReason reason_to_skip(const FluxCube& cube, PixelGroup group, BaselineMode mode, std::size_t pixel) {
  if (cube.mask[pixel] != 0) return StatusReason::masked;
  if (!contributes(pixel, cube.mask, group, cube.separation)) return StatusReason::outside_group;
  if (mode != BaselineMode::after && !cube.baseline->found(pixel)) return StatusReason::no_baseline;
  return StatusReason::none;
}

}  // namespace

ChipCurves::ChipCurves(const FluxCube& cube, PixelGroup group, BaselineMode mode)
    : threshold_(cube.threshold.begin(), cube.threshold.end()) {
  const CountsView counts = counts_by_threshold(cube.counts, cube.threshold_count());
  for (std::size_t pixel = 0; pixel < counts.curves; ++pixel) {
    skipped_.push_back(reason_to_skip(cube, group, mode, pixel));
    origin_.push_back(skipped_.back() == StatusReason::none ? baseline_shift(cube, mode, pixel) : 0.0);
  }
  curves_ = {threshold_, counts, cube.live_time_s, origin_, skipped_};
}

double baseline_shift(const FluxCube& cube, BaselineMode mode, std::size_t pixel) {
  switch (mode) {
    case BaselineMode::after: return 0.0;
    case BaselineMode::before: return cube.baseline->mean[pixel];
    case BaselineMode::aligned: return std::trunc(cube.baseline->mean[pixel]);
  }
  return 0.0;
}

}  // namespace velocal
