// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "velocal/fit/problem/evaluation.hpp"
#include "velocal/fit/problem/fit_problem.hpp"

namespace velocal {

/// How a minimisation ended. A failure is a value: among 65,536 fits some fail.
struct MinimiserResult {
  bool converged = false;
  int evaluations = 0;  ///< of the model at all points
};

/// Finds a minimum of a FitProblem. Has a workspace of its own, so one object a thread; an object serves any number of
/// problems of at most `max_points` points with models of `parameters` parameters.
class Minimiser {
 public:
  virtual ~Minimiser() = default;

  /// `parameters`: start values in, values at the minimum out (at the last point reached when not converged).
  /// `at`: has room for the problem; evaluated at these parameters, out.
  virtual MinimiserResult minimise(const FitProblem& problem, std::span<double> parameters, Evaluation& at) = 0;
};

/// Names that make_minimiser() knows: the engines.
std::span<const std::string_view> minimiser_names();

/// Throws UsageError for an unknown engine.
std::unique_ptr<Minimiser> make_minimiser(std::string_view engine, std::size_t max_points, std::size_t parameters);

}  // namespace velocal
