// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <vector>

#include "velocal/fit/problem/fit_problem.hpp"

namespace velocal {

/// Tells a fit that has found a line from one that has bent its curve through counts without any.
///
/// The alternative is the best convex curve: a sum, with weights >= 0, of a constant, a straight rise and the falls
/// (1 - x)^p with p = 1, 2, 4, ... 64, where x runs from 0 to 1 over the thresholds. Flat, straight, exponential and
/// otherwise ever slower falls are such curves; a shelf that ends in a line is not, since it is bent downwards there. A
/// line is found where the fit's chi2 is lower than that of the best convex curve by `least_fall` or more. For
/// likelihoods of counts (StatisticTraits::background) and for neyman. One object a thread.
class LineEvidence {
 public:
  static constexpr double least_fall = 20.0;
  /// With neyman, whose weights follow the scatter of few counts.
  static constexpr double least_fall_of_squares = 40.0;
  /// With fewer in all, neyman finds a line in any curve: it sees no zero above the line, and true ones would not pass.
  static constexpr double fewest_counts_of_squares = 1500.0;

  /// Serves problems of at most `max_points` points.
  explicit LineEvidence(std::size_t max_points);

  /// `flux` [n] and `chi2`: those of the fit at its minimum. `dispersion`: what chi2 is to be divided by.
  bool operator()(const FitProblem& problem, std::span<const double> flux, double chi2, double dispersion = 1.0);

 private:
  static constexpr std::size_t terms = 9;
  void set_terms(const FitProblem& problem);
  void set_counts(const FitProblem& problem);
  double seen_at(const FitProblem& problem, std::size_t i) const;
  void improve(const FitProblem& problem);
  double excess(const FitProblem& problem) const;

  std::vector<double> term_;  ///< [terms][most points]
  std::vector<double> live_time_s_;
  std::vector<double> flux_;  ///< of the convex curve
  std::array<double, terms> weight_{};
  std::array<double, terms> exposure_{};  ///< counts that a term of weight 1 expects
  double counts_ = 0.0;                   ///< of all points
  double still_to_fall_ = 0.0;            ///< the most that chi2 can lie above the minimum
  bool least_squares_ = false;
};

}  // namespace velocal
