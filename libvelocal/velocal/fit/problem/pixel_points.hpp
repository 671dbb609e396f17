// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/fit/curves/pixel_status.hpp"
#include "velocal/fit/problem/fit_problem.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// The points of one pixel after another, as the statistic takes them (docs/physics.md, "Fit of a pixel").
///
/// neyman: flux and 1/uncertainty at the thresholds above the last one without live time, leading and trailing zeros
/// trimmed. poisson: counts and live time at every threshold with live time.
class PixelPoints {
 public:
  PixelPoints(const FluxCube& cube, const FitSettings& settings);

  /// Takes the pixel's points, each threshold less `shift` [DAC]. Says why they cannot be fitted, or none.
  StatusReason load(std::size_t pixel, double shift);

  /// Of the loaded points; a view.
  FitProblem problem(const FluxModel& model, double background) const;

  /// First and last threshold of the scan [DAC], less the loaded pixel's shift.
  double scan_begin() const { return cube_.threshold.front() - shift_; }
  double scan_end() const { return cube_.threshold.back() - shift_; }

  /// Most points that a pixel can have.
  std::size_t max_points() const { return used_.size(); }

 private:
  StatusReason load_neyman(std::span<const double> counts);
  StatusReason load_poisson(std::span<const double> counts);
  std::span<const double> counts_of(std::size_t pixel);
  void set_thresholds(std::size_t first, std::size_t end);

  const FluxCube& cube_;
  const FitSettings& settings_;
  std::vector<std::size_t> used_;         ///< indices of the thresholds that take part
  std::vector<double> used_threshold_;    ///< DAC
  std::vector<double> used_live_time_s_;  ///< s
  /// Counts of a block of neighbouring pixels, [pixel of the block][used threshold]: a pixel's own lie so far apart in
  /// the cube that each costs a cache line, and the lines displace one another.
  std::vector<double> block_;
  std::size_t block_begin_ = pixel_count;
  double shift_ = 0.0;
  std::vector<double> threshold_;
  std::vector<double> observed_;
  std::vector<double> scale_;
};

}  // namespace velocal
