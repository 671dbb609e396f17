// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "velocal/fit/problem/normal_equations.hpp"
#include "velocal/fit/problem/statistic.hpp"

namespace velocal {

/// A problem evaluated at one point of the parameter space: the model's flux and gradient, and the normal equations.
/// Has room for any problem up to the largest it is made for; what it holds is of the last that it was set to.
class Evaluation {
 public:
  Evaluation(std::size_t most_points, std::size_t most_parameters)
      : flux_(most_points), gradient_(most_points * most_parameters) {}

  /// Everything, at the parameters [P] of the problem's model, by the model's fast functions.
  void set(const FitProblem& problem, std::span<const double> parameters);
  /// The same by the model's plain functions.
  void set_plainly(const FitProblem& problem, std::span<const double> parameters);
  /// The model alone: the normal equations stay those of another point.
  void set_model(const FitProblem& problem, std::span<const double> parameters);
  void set_model_plainly(const FitProblem& problem, std::span<const double> parameters);
  /// The flux alone, by the model's plain function: the rest stays that of another point.
  void set_flux_plainly(const FitProblem& problem, std::span<const double> parameters);

  std::span<const double> flux() const { return std::span(flux_).first(points_); }  ///< [n]
  /// [P n]: gradient()[k * n + i], the derivative of flux()[i] by parameter k.
  std::span<const double> gradient() const { return std::span(gradient_).first(points_ * parameters_); }
  const NormalEquations& equations() const { return equations_; }

 private:
  void resize(const FitProblem& problem);

  std::size_t points_ = 0;
  std::size_t parameters_ = 0;
  std::vector<double> flux_;
  std::vector<double> gradient_;
  NormalEquations equations_{};
};

}  // namespace velocal
