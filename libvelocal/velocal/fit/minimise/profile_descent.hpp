// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal {

/// Minimiser of models with a width that the points hardly determine (ModelParameter::profiled): chi2 is flat along it,
/// with several minima, and these can lie where J^T W J is singular. An engine fits the other parameters at widths from
/// half a threshold step to half the scan; from each minimum of this profile Newton's method goes on in all parameters.
/// The result is the lowest of the minima found within the parameters' domains, else the lowest of all.
///
/// Statistics with a lowest flux: a minimum can lie at that edge, at a threshold without counts. A barrier keeps off
/// it: Statistic::behind_barrier() stands for the counts. From the minimum behind the barrier the way goes on without
/// it; where that does not lead to a minimum, there is none inside, and the one behind the barrier is taken for that at
/// the edge. chi2 and normal equations are those of the counts themselves.
class ProfileDescent final : public Minimiser {
 public:
  /// `others`: the engine, for one parameter less; `profiled`: index of the parameter.
  ProfileDescent(std::unique_ptr<Minimiser> others, std::size_t profiled, std::size_t max_points);

  MinimiserResult minimise(const FitProblem& problem, std::span<double> parameters, Evaluation& at) override;

 private:
  using Parameters = NormalEquations::Vector;
  struct Point {
    double chi2;
    Parameters parameters;
  };

  void set_profile(const FitProblem& problem, std::span<const double> start, Evaluation& at);
  bool is_minimum(std::size_t point) const;
  bool descend(const FitProblem& problem, std::span<double> parameters, Evaluation& at);
  void evaluate(const FitProblem& problem, std::span<const double> parameters, Evaluation& at);
  FitProblem behind_barrier(const FitProblem& problem);

  std::unique_ptr<Minimiser> others_;
  std::size_t profiled_;
  std::vector<double> observed_;  ///< behind the barrier
  std::vector<Point> profile_;
  int evaluations_ = 0;
};

}  // namespace velocal
