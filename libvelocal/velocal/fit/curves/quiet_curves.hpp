// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/fit/problem/curves.hpp"

namespace velocal {

/// Number of thresholds, of so many with live time, that a scan's end is judged by: a twentieth, at least 3.
std::size_t end_thresholds(std::size_t thresholds);

/// The curves, the noisy ones of them skipped with StatusReason::noisy. A view: the curves must live as long.
///
/// A curve is noisy that counts on far above the line. With h hits in the exposure X at its highest thresholds
/// (end_thresholds()), and r the hits per second there of all others, h > rX + 6 sqrt(rX) + 10, and h/X is more than
/// half of what it is at as many thresholds below: a line falls more steeply. r is found by leaving out, again and
/// again, the curves that are above. Where more than 3 % are above, the scan ends too near the line to tell, and no
/// curve is noisy; nor where a curve has fewer than 12 thresholds with live time.
class QuietCurves {
 public:
  explicit QuietCurves(const Curves& curves);
  QuietCurves(const QuietCurves&) = delete;
  QuietCurves& operator=(const QuietCurves&) = delete;

  const Curves& curves() const { return curves_; }

 private:
  Curves curves_;
  std::vector<StatusReason> skipped_;
};

}  // namespace velocal
