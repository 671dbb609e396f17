// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "velocal/fit/minimise/bounded_descent.hpp"
#include "velocal/fit/problem/evaluation.hpp"
#include "velocal/fit/problem/parameter_matrix.hpp"

namespace velocal {

/// Uncertainties of a value downwards and upwards, both > 0.
struct AsymmetricError {
  double low;
  double high;
};

/// Interval of one parameter from the profile of chi2: its ends are where the least chi2, all other parameters free,
/// is by `rise` above the minimum (1 for one standard deviation; Cowan, Statistical Data Analysis, section 9.6). At few
/// counts the profile is no parabola, and the two ends are not equally far.
///
/// The least chi2 is that of the minimum into which the fit's own continues: other minima are not looked for. One
/// object a thread.
class ProfileInterval {
 public:
  /// Serves problems of at most `max_points` points with `model`; `parameter`: its index.
  ProfileInterval(const FluxModel& model, std::string_view engine, std::size_t max_points, std::size_t parameter);

  /// `minimum` [P], `chi2` and `covariance`: those of the fit. Empty where chi2 does not rise by so much within eight
  /// standard deviations of the covariance, or a fit of the others fails.
  std::optional<AsymmetricError> operator()(const FitProblem& problem, std::span<const double> minimum, double chi2,
                                            double rise, const ParameterCovariance& covariance);

  /// Evaluations of the model at all points, in the last call.
  int evaluations() const { return evaluations_; }

 private:
  struct Fit;  ///< minimum of chi2, whose profile is asked for
  std::optional<double> distance(const Fit& fit, double side);
  std::optional<double> height(const Fit& fit, double moved);

  const std::size_t parameter_;
  BoundedDescent others_;
  Evaluation at_;
  int evaluations_ = 0;
};

}  // namespace velocal
