// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/fit/inference/likelihood_bias.hpp"
#include "velocal/fit/minimise/minimiser.hpp"
#include "velocal/fit/problem/evaluation.hpp"
#include "velocal/fit/problem/parameter_matrix.hpp"
#include "velocal/fit/problem/pixel_status.hpp"

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

  /// `parameters`: start values in, values at the minimum out. Where the statistic is bounded, a parameter that may
  /// vanish stays >= its bound.
  CurveMinimum operator()(const FitProblem& problem, std::span<double> parameters);

  /// Covariance of the last fit, "absolute": of all parameters, also where one stands at its bound. Where the statistic
  /// is bias_corrected, it is taken at the parameters less their LikelihoodBias: at few counts the width is estimated
  /// too small and would make errors too small.
  const ParameterCovariance& covariance() const { return covariance_; }
  /// First-order bias of the last fit's parameters (LikelihoodBias): what to take off them. 0 where the statistic is
  /// not bias_corrected, and where the correction has no meaning: with a parameter at its bound or corrected beyond it.
  const ParameterVector& bias() const { return bias_of_fit_; }
  /// The last fit, for those who judge it; a view.
  FittedPoints fitted() const { return {minimum_.flux(), minimum_.gradient(), covariance_}; }

 private:
  bool has_profile() const { return profiled_ < parameters_; }
  bool set_covariance(const FitProblem& problem, std::span<const double> parameters);
  void correct_covariance(const FitProblem& problem, std::span<const double> parameters);

  const std::size_t parameters_;
  const std::size_t profiled_;  ///< index; parameters_ when there is none
  std::unique_ptr<Minimiser> minimiser_;
  Evaluation minimum_;  ///< at the end of the last minimisation
  Evaluation scratch_;
  LikelihoodBias bias_;
  ParameterCovariance covariance_;
  ParameterVector bias_of_fit_;
};

/// What the absolute covariance is multiplied by: 1, chi2/ndf as scipy's curve_fit does, or the dispersion.
double covariance_factor(Covariance kind, const CurveMinimum& minimum, double dispersion);

/// Standard uncertainty of parameter k.
double parameter_error(const ParameterCovariance& absolute, std::size_t k, Covariance kind, const CurveMinimum& minimum,
                       double dispersion);

}  // namespace velocal
