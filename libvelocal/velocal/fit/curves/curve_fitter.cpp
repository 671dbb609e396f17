// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/curve_fitter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "velocal/fit/inference/observed_information.hpp"
#include "velocal/fit/inference/parameter_covariance.hpp"
#include "velocal/fit/minimise/minimise_others.hpp"
#include "velocal/fit/minimise/profile_descent.hpp"

namespace velocal {

CurveFitter::CurveFitter(const FluxModel& model, std::string_view engine, std::size_t max_points)
    : parameters_(model.parameters().size()),
      profiled_(static_cast<std::size_t>(std::ranges::find_if(model.parameters(), &ModelParameter::profiled) -
                                         model.parameters().begin())),
      minimum_(max_points, parameters_),
      scratch_(max_points, parameters_),
      bias_(max_points, parameters_) {
  if (has_profile()) {
    auto others = make_minimiser(engine, max_points, parameters_ - 1);
    minimiser_ = std::make_unique<ProfileDescent>(std::move(others), profiled_, max_points);
  } else {
    minimiser_ = make_minimiser(engine, max_points, parameters_);
  }
  if (parameters_ > 1 && std::ranges::any_of(model.parameters(), &ModelParameter::may_vanish)) {
    bounded_minimiser_ = make_minimiser(engine, max_points, parameters_ - 1);
  }
}

CurveMinimum CurveFitter::operator()(const FitProblem& problem, std::span<double> parameters) {
  const std::size_t points = problem.points();
  CurveMinimum minimum;
  if (points <= parameters_) {
    minimum.failure = StatusReason::too_few_points;
    return minimum;
  }
  const MinimiserResult result = minimise(problem, parameters);
  minimum.evaluations = result.evaluations;
  minimum.ndf = static_cast<int>(points - parameters_);
  minimum.chi2 = minimum_.equations().chi2;
  if (!result.converged || !std::isfinite(minimum.chi2)) {
    minimum.failure = StatusReason::no_convergence;
  } else if (!set_covariance(problem, parameters)) {
    minimum.failure = StatusReason::singular_covariance;
  }
  return minimum;
}

/// Models that need their profile looked at have minima where J^T W J is singular, and the observed information is not.
bool CurveFitter::set_covariance(const FitProblem& problem, std::span<const double> parameters) {
  const NormalEquations& equations = minimum_.equations();
  auto covariance = parameter_covariance(equations.normal, parameters_, has_profile() ? nearly_singular : singular);
  const bool expected = covariance.has_value();
  if (!expected && has_profile()) {
    covariance = parameter_covariance(observed_information(problem, parameters, equations, scratch_), parameters_);
  }
  if (!covariance) return false;
  covariance_ = *covariance;
  if (expected && problem.statistic.traits().bias_corrected) correct_covariance(problem, parameters);
  return true;
}

MinimiserResult CurveFitter::minimise(const FitProblem& problem, std::span<double> parameters) {
  MinimiserResult result = minimiser_->minimise(problem, parameters, minimum_);
  if (!problem.statistic.traits().bounded) return result;
  for (std::size_t k = 0; k < parameters_; ++k) {
    const ModelParameter& parameter = problem.model.parameters()[k];
    if (!parameter.may_vanish || parameters[k] >= parameter.lower) continue;
    if (!result.converged && !parameter.even) return result;  // beyond the bound of an even one, none does
    const int evaluations = result.evaluations;
    result = minimise_at_bound(problem, parameters, k);
    result.evaluations += evaluations;
    return parameter.even ? return_inside(problem, parameters, k, result) : result;
  }
  return result;
}

/// A minimiser can be stranded beyond an even parameter's bound though the minimum lies inside: then chi2 falls from
/// the bound inwards.
MinimiserResult CurveFitter::return_inside(const FitProblem& problem, std::span<double> parameters, std::size_t held,
                                           const MinimiserResult& at_bound) {
  const NormalEquations& equations = minimum_.equations();
  const double inwards = equations.descent[held] / equations.normal[held][held];
  if (!at_bound.converged || !(inwards > 0.0)) return at_bound;
  std::array<double, max_parameters> values{};
  std::ranges::copy(parameters, values.begin());
  values[held] += inwards;
  const auto inside = std::span(values).first(parameters_);
  MinimiserResult result = minimiser_->minimise(problem, inside, minimum_);
  result.evaluations += at_bound.evaluations;
  if (result.converged) std::ranges::copy(inside, parameters.begin());
  return result;
}

MinimiserResult CurveFitter::minimise_at_bound(const FitProblem& problem, std::span<double> parameters,
                                               std::size_t held) {
  parameters[held] = problem.model.parameters()[held].lower;
  MinimiserResult result{true, 1};
  if (bounded_minimiser_) result = minimise_others(*bounded_minimiser_, problem, parameters, held, minimum_);
  minimum_.set(problem, parameters);
  return result;
}

void CurveFitter::correct_covariance(const FitProblem& problem, std::span<const double> parameters) {
  const ParameterVector bias = bias_(problem, parameters, minimum_, covariance_);
  std::array<double, max_parameters> corrected{};
  for (std::size_t k = 0; k < parameters_; ++k) {
    const auto row = static_cast<Eigen::Index>(k);
    const ModelParameter& parameter = problem.model.parameters()[k];
    corrected[k] = parameters[k] - bias[row];
    // With no width at all the line would be known better than with any that is as likely.
    if (parameter.even) corrected[k] = std::max(corrected[k], parameter.lower + std::sqrt(covariance_(row, row)));
  }
  // A width beyond 0 has no meaning: the correction, which is of first order, is none.
  const auto crossed = [](const ModelParameter& parameter, double value) {
    return !parameter.may_vanish && value <= parameter.lower;
  };
  for (std::size_t k = 0; k < parameters_; ++k) {
    if (crossed(problem.model.parameters()[k], corrected[k])) return;
  }
  scratch_.set(problem, std::span(corrected).first(parameters_));
  if (!std::isfinite(scratch_.equations().chi2)) return;
  if (const auto covariance = parameter_covariance(scratch_.equations().normal, parameters_)) covariance_ = *covariance;
}

double covariance_factor(Covariance kind, const CurveMinimum& minimum, double dispersion) {
  switch (kind) {
    case Covariance::scaled: return minimum.chi2 / minimum.ndf;
    case Covariance::absolute: return 1.0;
    case Covariance::dispersed: return dispersion;
  }
  return 1.0;
}

double parameter_error(const ParameterCovariance& absolute, std::size_t k, Covariance kind, const CurveMinimum& minimum,
                       double dispersion) {
  const auto index = static_cast<Eigen::Index>(k);
  return std::sqrt(absolute(index, index) * covariance_factor(kind, minimum, dispersion));
}

}  // namespace velocal
