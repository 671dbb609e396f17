// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/evaluation.hpp"

#include <cassert>

namespace velocal {

void Evaluation::set(const FitProblem& problem, std::span<const double> parameters) {
  set_model(problem, parameters);
  problem.statistic.set_normal_equations(problem, flux(), gradient(), equations_);
}

void Evaluation::set_plainly(const FitProblem& problem, std::span<const double> parameters) {
  set_model_plainly(problem, parameters);
  problem.statistic.set_normal_equations(problem, flux(), gradient(), equations_);
}

void Evaluation::set_model(const FitProblem& problem, std::span<const double> parameters) {
  resize(problem);
  problem.model.fast_flux_and_gradient(parameters, problem.threshold, std::span(flux_).first(points_),
                                       std::span(gradient_).first(points_ * parameters_));
}

void Evaluation::set_model_plainly(const FitProblem& problem, std::span<const double> parameters) {
  resize(problem);
  problem.model.flux_and_gradient(parameters, problem.threshold, std::span(flux_).first(points_),
                                  std::span(gradient_).first(points_ * parameters_));
}

void Evaluation::set_flux_plainly(const FitProblem& problem, std::span<const double> parameters) {
  resize(problem);
  problem.model.flux(parameters, problem.threshold, std::span(flux_).first(points_));
}

void Evaluation::resize(const FitProblem& problem) {
  points_ = problem.points();
  parameters_ = problem.parameters();
  assert(points_ <= flux_.size() && points_ * parameters_ <= gradient_.size());
}

}  // namespace velocal
