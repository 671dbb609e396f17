// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curve_fitter.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "velocal/fit/likelihood_bias.hpp"
#include "velocal/fit/partial_model.hpp"

namespace velocal {

CurveFitter::CurveFitter(const FluxModel& model, std::string_view engine, std::size_t max_points)
    : parameters_(model.parameters().size()),
      minimiser_(make_minimiser(engine, max_points, parameters_)),
      flux_(max_points),
      gradient_(max_points * parameters_),
      scratch_(max_points * (parameters_ + 2)) {
  if (parameters_ > 1 && std::ranges::any_of(model.parameters(), &ModelParameter::may_vanish)) {
    bounded_minimiser_ = make_minimiser(engine, max_points, parameters_ - 1);
  }
}

CurveMinimum CurveFitter::operator()(const FitProblem& problem, std::span<double> parameters) {
  points_ = problem.points();
  CurveMinimum minimum;
  if (points_ < parameters_) {
    minimum.failure = StatusReason::too_few_points;
    return minimum;
  }
  const MinimiserResult result = minimise(problem, parameters);
  minimum.evaluations = result.evaluations;
  minimum.ndf = static_cast<int>(points_ - parameters_);
  minimum.chi2 = equations_.chi2;
  const auto covariance = parameter_covariance(equations_, parameters_);
  if (!result.converged || !std::isfinite(minimum.chi2))
    minimum.failure = StatusReason::no_convergence;
  else if (!covariance)
    minimum.failure = StatusReason::singular_covariance;
  if (minimum.failure != StatusReason::none) return minimum;
  covariance_ = *covariance;
  if (problem.statistic == Statistic::poisson) correct_covariance(problem, parameters);
  return minimum;
}

MinimiserResult CurveFitter::minimise(const FitProblem& problem, std::span<double> parameters) {
  MinimiserResult result = minimiser_->minimise(problem, parameters, std::span(flux_).first(points_),
                                                std::span(gradient_).first(points_ * parameters_), equations_);
  if (problem.statistic == Statistic::neyman || !result.converged) return result;
  for (std::size_t k = 0; k < parameters_; ++k) {
    const ModelParameter& parameter = problem.model.parameters()[k];
    if (!parameter.may_vanish || parameters[k] >= parameter.lower) continue;
    const int evaluations = result.evaluations;
    result = minimise_at_bound(problem, parameters, k);
    result.evaluations += evaluations;
    return result;
  }
  return result;
}

MinimiserResult CurveFitter::minimise_at_bound(const FitProblem& problem, std::span<double> parameters,
                                               std::size_t held) {
  parameters[held] = problem.model.parameters()[held].lower;
  const auto flux = std::span(flux_).first(points_);
  const auto gradient = std::span(gradient_).first(points_ * parameters_);
  MinimiserResult result{true, 1};
  if (bounded_minimiser_) result = minimise_others(problem, parameters, held);
  problem.model.fast_flux_and_gradient(parameters, problem.threshold, flux, gradient);
  set_normal_equations(problem, flux, gradient, equations_);
  return result;
}

MinimiserResult CurveFitter::minimise_others(const FitProblem& problem, std::span<double> parameters,
                                             std::size_t held) {
  std::array<std::size_t, max_parameters> indices{};
  std::array<double, max_parameters> values{};
  std::size_t count = 0;
  for (std::size_t k = 0; k < parameters_; ++k) {
    if (k == held) continue;
    indices[count] = k;
    values[count++] = parameters[k];
  }
  const auto free = std::span(values).first(count);
  const PartialModel model(problem.model, parameters, std::span(indices).first(count));
  const FitProblem bounded{model,         problem.statistic, problem.threshold, problem.observed,
                           problem.scale, problem.background};
  const MinimiserResult result =
      bounded_minimiser_->minimise(bounded, free, std::span(flux_).first(points_),
                                   std::span(gradient_).first(points_ * (parameters_ - 1)), equations_);
  std::copy_n(model.all(free).begin(), parameters_, parameters.begin());
  return result;
}

void CurveFitter::correct_covariance(const FitProblem& problem, std::span<const double> parameters) {
  const ParameterVector bias = likelihood_bias(problem, parameters, covariance_, flux(), gradient(), scratch_);
  std::array<double, max_parameters> corrected{};
  for (std::size_t k = 0; k < parameters_; ++k) corrected[k] = parameters[k] - bias[static_cast<Eigen::Index>(k)];
  const auto flux = std::span(scratch_).first(points_);
  const auto gradient = std::span(scratch_).subspan(points_, points_ * parameters_);
  problem.model.fast_flux_and_gradient(std::span(corrected).first(parameters_), problem.threshold, flux, gradient);
  NormalEquations at_corrected;
  set_normal_equations(problem, flux, gradient, at_corrected);
  if (!std::isfinite(at_corrected.chi2)) return;
  if (const auto covariance = parameter_covariance(at_corrected, parameters_)) covariance_ = *covariance;
}

double parameter_error(const ParameterCovariance& absolute, std::size_t k, Covariance kind,
                       const CurveMinimum& minimum) {
  const auto index = static_cast<Eigen::Index>(k);
  const double scale = kind == Covariance::scaled ? minimum.chi2 / minimum.ndf : 1.0;
  return std::sqrt(absolute(index, index) * scale);
}

}  // namespace velocal
