// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/fit/problem/curves.hpp"
#include "velocal/fit/problem/fit_problem.hpp"
#include "velocal/fit/problem/statistic.hpp"

namespace velocal {

/// The points of one curve after another, as the statistic takes them.
class CurvePoints {
 public:
  /// The curves must live as long. `max_zero_fraction` as in FitSettings.
  CurvePoints(const Curves& curves, const Statistic& statistic, double max_zero_fraction);

  /// Takes the points of the curve. Says why they cannot be fitted, or none.
  StatusReason load(std::size_t curve);

  /// The problem that the loaded points pose; a view.
  FitProblem problem(const FluxModel& model, double background) const;

  /// Leaves a point of the loaded curve out. Gives the index of its threshold.
  std::size_t drop(std::size_t point);

  /// First and last threshold of the curve that takes part [DAC], less its origin.
  double scan_begin() const { return threshold_.front(); }
  double scan_end() const { return threshold_.back(); }

  /// Most points that a curve can have.
  std::size_t max_points() const;

 private:
  void set_used(std::span<const double> live_time_s);
  std::span<const double> counts_of(std::size_t curve);
  void fill_block(std::size_t begin);

  const Curves& curves_;
  const Statistic& statistic_;
  const double max_zero_fraction_;
  std::vector<std::size_t> used_;         ///< indices of the thresholds that take part
  std::vector<double> used_threshold_;    ///< DAC
  std::vector<double> used_live_time_s_;  ///< s
  /// Counts of a block of neighbouring curves, [curve of the block][threshold]: where they lie threshold by threshold,
  /// each count of a curve costs a cache line of its own, and the lines displace one another.
  std::vector<double> block_;
  std::size_t block_begin_;
  double origin_ = 0.0;
  std::vector<double> threshold_;  ///< those used, less the origin
  std::vector<double> counts_;     ///< at those used
  SelectedPoints points_;
};

}  // namespace velocal
