// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/curve_fitter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "velocal/fit/inference/observed_information.hpp"
#include "velocal/fit/inference/parameter_covariance.hpp"
#include "velocal/fit/minimise/bounded_descent.hpp"
#include "velocal/fit/minimise/profile_descent.hpp"

namespace velocal {
namespace {

bool at_bound(const FluxModel& model, std::span<const double> parameters) {
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    const ModelParameter& parameter = model.parameters()[k];
    if (parameter.may_vanish && parameters[k] <= parameter.lower) return true;
  }
  return false;
}

}  // namespace

CurveFitter::CurveFitter(const FluxModel& model, std::string_view engine, std::size_t max_points)
    : parameters_(model.parameters().size()),
      profiled_(static_cast<std::size_t>(std::ranges::find_if(model.parameters(), &ModelParameter::profiled) -
                                         model.parameters().begin())),
      minimum_(max_points, parameters_),
      scratch_(max_points, parameters_),
      bias_(max_points, parameters_) {
  std::unique_ptr<Minimiser> inside;
  if (has_profile()) {
    auto others = make_minimiser(engine, max_points, parameters_ - 1);
    inside = std::make_unique<ProfileDescent>(std::move(others), profiled_, max_points);
  } else {
    inside = make_minimiser(engine, max_points, parameters_);
  }
  minimiser_ = std::make_unique<BoundedDescent>(std::move(inside), model.parameters(), engine, max_points);
}

CurveMinimum CurveFitter::operator()(const FitProblem& problem, std::span<double> parameters) {
  const std::size_t points = problem.points();
  CurveMinimum minimum;
  if (points <= parameters_) {
    minimum.failure = StatusReason::too_few_points;
    return minimum;
  }
  const MinimiserResult result = minimiser_->minimise(problem, parameters, minimum_);
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
  bias_of_fit_ = ParameterVector::Zero(covariance_.rows());
  if (expected && problem.statistic.traits().bias_corrected) correct_covariance(problem, parameters);
  return true;
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
  if (!at_bound(problem.model, parameters)) bias_of_fit_ = bias;
}

double variance_scale(Covariance kind, const CurveMinimum& minimum) {
  return kind == Covariance::scaled ? minimum.chi2 / minimum.ndf : 1.0;
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
