// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// Where the counters of pixels are expected to be full: the counts there are lower limits, and no fit takes them.
///
/// What a pixel counts in an acquisition at a threshold is expected from its neighbours, the mean of the next threshold
/// with live time on either side (at an end of the scan, of the next two): judged by its own count, those that happened
/// to be low would stay, and bias the rest. The counter is expected to be full where a Poisson number of that mean
/// reaches its end in more than 1 of 100 acquisitions: 46.0 hits for an end of 63.
///
/// Let H thresholds be expected to have half of that mean or more. Where more than H/2 are full, the plateau below the
/// line is lost, and the pixel with it: it is `cut`. Nothing is full where the cube knows no end of the counter.
class Saturation {
 public:
  explicit Saturation(const FluxCube& cube);

  /// Whether any threshold of any pixel is full.
  bool any() const { return any_; }
  bool cut(std::size_t pixel) const { return any_ && cut_[pixel] != 0; }
  /// Number of thresholds at which the pixel's counter is expected to be full.
  std::uint32_t thresholds(std::size_t pixel) const { return any_ ? full_thresholds_[pixel] : 0; }
  /// The live times of all pixels, [pixel][T], 0 where the counter is expected to be full.
  std::vector<double> live_times() const;

 private:
  void judge(std::size_t pixel);

  const FluxCube& cube_;
  double largest_mean_ = 0.0;         ///< hits of an acquisition, below which the counter is not full
  std::vector<std::size_t> live_;     ///< indices of the thresholds with live time
  std::vector<double> acquisitions_;  ///< at these
  bool any_ = false;
  std::vector<std::uint8_t> full_;  ///< [pixel][T]
  std::vector<std::uint8_t> cut_;
  std::vector<std::uint32_t> full_thresholds_;
};

}  // namespace velocal
