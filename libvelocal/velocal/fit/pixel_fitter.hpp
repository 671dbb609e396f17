// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <vector>

#include "velocal/core/progress.hpp"
#include "velocal/fit/curves/curve_fitter.hpp"
#include "velocal/fit/inference/goodness_of_fit.hpp"
#include "velocal/fit/problem/pixel_points.hpp"
#include "velocal/fit/scan_fit.hpp"

namespace velocal {

/// What the fits of all pixels have in common.
struct PixelFitPlan {
  const FluxCube& cube;
  const FitSettings& settings;
  const FluxModel& model;
  std::string engine;
  PixelGroup group = PixelGroup::all;
  std::vector<double> start;  ///< in the model's order; empty: from each pixel's own points
  double background = 0.0;    ///< hits/s per pixel
};

/// Fit of one pixel.
struct PixelFit {
  PixelStatus status = PixelStatus::cut;
  StatusReason reason = StatusReason::none;
  CurveMinimum minimum;                             ///< of good and bad pixels
  std::array<double, max_parameters> parameters{};  ///< of good and bad pixels, in the model's order
  std::array<double, max_parameters> errors{};
};

/// Fits one pixel after another; one object a thread. A failure is a status, never an exception.
class PixelFitter {
 public:
  explicit PixelFitter(const PixelFitPlan& plan);

  PixelFit operator()(std::size_t pixel);

 private:
  PixelFit fit_from(std::span<const double> start, const FitProblem& problem);
  bool width_unresolved(const PixelFit& fit, const FitProblem& problem) const;
  bool in_domain(const PixelFit& fit) const;

  const PixelFitPlan& plan_;
  PixelPoints points_;
  GoodnessOfFit goodness_;
  CurveFitter fitter_;
};

/// What is taken off a pixel's thresholds before the fit [DAC]: nothing, its baseline, or that truncated to an integer.
double baseline_shift(const FluxCube& cube, BaselineMode mode, std::size_t pixel);

/// Fits all pixels of the group on `threads` threads (<= 0: all).
PixelFits fit_pixels(const PixelFitPlan& plan, int threads, Progress& progress);

}  // namespace velocal
