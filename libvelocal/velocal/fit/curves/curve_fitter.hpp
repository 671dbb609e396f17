// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "velocal/fit/curves/pixel_status.hpp"
#include "velocal/fit/inference/parameter_covariance.hpp"
#include "velocal/fit/minimise/minimiser.hpp"
#include "velocal/fit/problem/fit_problem.hpp"

namespace velocal {

/// A fit that has been made. `failure` other than none: the rest but `evaluations` means nothing.
struct CurveMinimum {
  StatusReason failure = StatusReason::none;  ///< none, too_few_points, no_convergence or singular_covariance
  double chi2 = 0.0;
  int ndf = 0;
  int evaluations = 0;  ///< of the model's gradient at all points, until the minimum was found
};

/// Fits curves with one model: minimum, chi2 and covariance. Has its workspace, so one object a thread.
class CurveFitter {
 public:
  /// Serves problems of at most `max_points` points with `model`.
  CurveFitter(const FluxModel& model, std::string_view engine, std::size_t max_points);

  /// `parameters`: start values in, values at the minimum out. Poisson: a parameter that may vanish stays >= its bound.
  CurveMinimum operator()(const FitProblem& problem, std::span<double> parameters);

  /// Of the last fit, "absolute": of all parameters, also where one stands at its bound. Poisson: at the parameters
  /// less their likelihood_bias(), since at few counts the width is estimated too small and would make errors too
  /// small.
  const ParameterCovariance& covariance() const { return covariance_; }
  /// Of the last fit: the model's flux at the points, and gradient[k * n + i] of it.
  std::span<const double> flux() const { return std::span(flux_).first(points_); }
  std::span<const double> gradient() const { return std::span(gradient_).first(points_ * parameters_); }

 private:
  bool has_profile() const { return profiled_ < parameters_; }
  MinimiserResult minimise(const FitProblem& problem, std::span<double> parameters);
  MinimiserResult minimise_at_bound(const FitProblem& problem, std::span<double> parameters, std::size_t held);
  bool set_covariance(const FitProblem& problem, std::span<const double> parameters);
  void correct_covariance(const FitProblem& problem, std::span<const double> parameters);

  const std::size_t parameters_;
  const std::size_t profiled_;  ///< index; parameters_ when there is none
  std::unique_ptr<Minimiser> minimiser_;
  std::unique_ptr<Minimiser> bounded_minimiser_;  ///< of one parameter less; null when none may vanish, or none is left
  std::size_t points_ = 0;
  std::vector<double> flux_;
  std::vector<double> gradient_;
  NormalEquations equations_{};  ///< at the end of the last minimisation
  std::vector<double> scratch_;  ///< of likelihood_bias()
  ParameterCovariance covariance_;
};

/// Standard uncertainty of parameter k: of the absolute covariance, or scaled by chi2/ndf as scipy's curve_fit does.
double parameter_error(const ParameterCovariance& absolute, std::size_t k, Covariance kind,
                       const CurveMinimum& minimum);

}  // namespace velocal
