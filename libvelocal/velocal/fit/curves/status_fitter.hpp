// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>

#include "velocal/core/uncertain.hpp"
#include "velocal/fit/curves/curve_fitter.hpp"
#include "velocal/fit/curves/curve_settings.hpp"
#include "velocal/fit/curves/line_evidence.hpp"
#include "velocal/fit/curves/outliers.hpp"
#include "velocal/fit/curves/profile_interval.hpp"
#include "velocal/fit/inference/goodness_of_fit.hpp"
#include "velocal/fit/problem/curve_points.hpp"

namespace velocal {

/// What the fits of all curves have in common. A view: what it refers to must live as long.
struct CurveFitPlan {
  const Curves& curves;
  const FluxModel& model;
  const Statistic& statistic;
  const CurveSettings& settings;
  double background = 0.0;  ///< hits/s
  double dispersion = 1.0;  ///< what the variances are multiplied by and the goodness of fit's statistic is divided by
};

/// Fit of one curve.
struct StatusFit {
  StatusReason reason = StatusReason::none;
  CurveMinimum minimum;                             ///< of good and bad curves
  std::array<double, max_parameters> parameters{};  ///< of good and bad curves, in the model's order
  std::array<double, max_parameters> errors{};
  double line_bias = 0.0;                                       ///< CurveFits::line_bias
  std::optional<std::size_t> outlier;                           ///< the point that is furthest off, beyond the bound
  std::size_t dropped = 0;                                      ///< points that were left out
  std::array<std::size_t, most_outliers> dropped_thresholds{};  ///< indices of theirs
  AsymmetricError line_error{undefined, undefined};             ///< of good curves, with Errors::profile

  PixelStatus status() const { return status_of(reason); }
};

/// Fits one curve after another; one object a thread. A failure is a status, never an exception.
class StatusFitter {
 public:
  explicit StatusFitter(const CurveFitPlan& plan);

  StatusFit operator()(std::size_t curve);

 private:
  StatusFit fit_points(const FitProblem& problem);
  void drop_outliers(StatusFit& fit);
  StatusFit fit_from(std::span<const double> start, const FitProblem& problem);
  bool width_unresolved(const StatusFit& fit, const FitProblem& problem) const;
  bool set_line_error(StatusFit& fit, const FitProblem& problem);
  StatusReason judge(const StatusFit& fit, const FitProblem& problem);
  bool determined(const StatusFit& fit, std::size_t parameters) const;

  const CurveFitPlan& plan_;
  CurvePoints points_;
  GoodnessOfFit goodness_;
  CurveFitter fitter_;
  LineEvidence has_line_;
  const bool robust_;
  std::optional<ProfileInterval> interval_;
  const std::size_t line_;  ///< index of the line's parameter; the number of parameters when there is none
};

}  // namespace velocal
