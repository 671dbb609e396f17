// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/fit/problem/curves.hpp"
#include "velocal/fit/problem/threshold_use.hpp"

namespace velocal {

/// The curves with the live time taken from thresholds that are not to be used. A view, beside the live times: the
/// curves must live as long.
class LiveThresholds {
 public:
  /// `use` [T].
  LiveThresholds(const Curves& curves, std::span<const ThresholdUse> use)
      : curves_(curves), live_time_s_(curves.live_time_s.begin(), curves.live_time_s.end()) {
    for (std::size_t i = 0; i < live_time_s_.size(); ++i) {
      if (use[i % use.size()] != ThresholdUse::used) live_time_s_[i] = 0.0;
    }
    curves_.live_time_s = live_time_s_;
  }
  LiveThresholds(const LiveThresholds&) = delete;
  LiveThresholds& operator=(const LiveThresholds&) = delete;

  const Curves& curves() const { return curves_; }

 private:
  Curves curves_;
  std::vector<double> live_time_s_;
};

}  // namespace velocal
