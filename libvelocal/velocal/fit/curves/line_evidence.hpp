// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal {

/// Tells a fit that has found a line from one that has bent its curve through counts without any.
///
/// The alternative is a straight curve without a line, a + b E >= 0 at all points. A line is found where the fit's chi2
/// is lower than that of the best straight curve by `least_fall` or more. Of 45,000 drawn curves that are flat or
/// straight in truth none passes. A curve that is bent in truth can: it is no straight curve. One object a thread.
class LineEvidence {
 public:
  static constexpr double least_fall = 20.0;

  /// Serves problems of at most `max_points` points.
  explicit LineEvidence(std::size_t max_points);

  /// `flux` [n] and `chi2`: those of the fit at its minimum. `dispersion`: what chi2 is to be divided by.
  bool operator()(const FitProblem& problem, std::span<const double> flux, double chi2, double dispersion = 1.0);

 private:
  std::unique_ptr<Minimiser> minimiser_;
  Evaluation straight_;
};

}  // namespace velocal
