// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/fit/problem/threshold_use.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// A flux cube less the thresholds that take part in no fit: they have no live time, and the ASIC's curves no points.
class CubeInUse {
 public:
  /// Leaves out what is outside the range, if there is one. `whole` must live as long. Throws UsageError when no
  /// threshold is left.
  CubeInUse(const FluxCube& whole, const std::optional<FitRange>& range);
  CubeInUse(const CubeInUse&) = delete;
  CubeInUse& operator=(const CubeInUse&) = delete;

  /// Leaves out also those that are not `used` in the list [T].
  void leave_out(const std::vector<ThresholdUse>& use);

  const FluxCube& cube() const { return less_ ? *less_ : whole_; }
  const std::vector<ThresholdUse>& use() const { return use_; }  ///< [T]

 private:
  const FluxCube& whole_;
  std::vector<ThresholdUse> use_;
  std::optional<FluxCube> less_;  ///< empty: all thresholds are used
};

}  // namespace velocal
