// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "velocal/fit/problem/statistic.hpp"

namespace velocal {

/// Does a fit describe its points? Rejects a share `significance` of true curves.
class GoodnessOfFit {
 public:
  /// `significance` in (0, 1); serves fits of at most `max_points` points.
  GoodnessOfFit(double significance, std::size_t max_points);

  /// Where chi2 follows the chi-square distribution: 0 < chi2 < its (1 - significance) quantile with ndf degrees of
  /// freedom. Else: chi2 below that quantile of a gamma distribution with the statistic's cumulants.
  bool accepts(const FitProblem& problem, const FittedPoints& fit, double chi2, int ndf) const;

 private:
  double normal_quantile_;
  std::vector<double> chi2_quantile_;  ///< by degrees of freedom; NaN at 0, where nothing can be tested
};

/// A gamma distribution shifted to begin at `origin`.
struct ShiftedGamma {
  double origin;
  double shape;
  double scale;

  double probability_below(double value) const;
};

/// The one that has these cumulants: exactly the distribution of a chi2 that follows the chi-square distribution.
ShiftedGamma gamma_of(const Chi2Cumulants& cumulants);

}  // namespace velocal
