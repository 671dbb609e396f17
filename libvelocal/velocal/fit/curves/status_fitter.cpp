// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/status_fitter.hpp"

#include <algorithm>
#include <cmath>

#include "velocal/core/quantity.hpp"
#include "velocal/fit/curves/fit_domain.hpp"
#include "velocal/fit/problem/line_shape.hpp"
#include "velocal/fit/problem/start_values.hpp"

namespace velocal {
namespace {

/// Widths of the last tries' starts, in those of the estimate: few counts can hide a line in a wrong, narrow minimum,
/// and where J^T W J is singular a minimiser can halt at no minimum at all.
constexpr std::array last_widths{2.5, 0.4};

/// The fit with the lower minimum, the first where neither has one; with the evaluations of both.
StatusFit better_of(const StatusFit& first, const StatusFit& second) {
  const auto found = [](const StatusFit& fit) { return fit.minimum.failure == StatusReason::none; };
  const bool lower = found(second) && (!found(first) || second.minimum.chi2 < first.minimum.chi2);
  StatusFit better = lower ? second : first;
  better.minimum.evaluations = first.minimum.evaluations + second.minimum.evaluations;
  return better;
}

}  // namespace

StatusFitter::StatusFitter(const CurveFitPlan& plan)
    : plan_(plan),
      points_(plan.curves, plan.statistic, plan.settings.max_zero_fraction),
      goodness_(plan.settings.significance, points_.max_points()),
      fitter_(plan.model, plan.settings.engine, points_.max_points()),
      has_line_(points_.max_points()),
      robust_(plan.settings.robust && plan.statistic.traits().bounded),
      line_(plan.model.index_of(quantity::line)) {
  if (plan.settings.errors == Errors::profile) {
    interval_.emplace(plan.model, plan.settings.engine, points_.max_points(), line_);
  }
}

StatusFit StatusFitter::operator()(std::size_t curve) {
  StatusFit fit;
  fit.reason = plan_.curves.skipped_for(curve);
  if (fit.reason == StatusReason::none) fit.reason = points_.load(curve);
  if (fit.reason != StatusReason::none) return fit;
  fit = fit_points(points_.problem(plan_.model, plan_.background));
  if (robust_) drop_outliers(fit);
  return fit;
}

StatusFit StatusFitter::fit_points(const FitProblem& problem) {
  std::array<double, max_parameters> values{};
  const auto start = std::span(values).first(problem.parameters());
  set_start(problem, plan_.settings.start, start);
  StatusFit fit = fit_from(start, problem);
  // Start values that suit most curves can lead the others nowhere, or into a wrong minimum.
  if (fit.status() != PixelStatus::good && !plan_.settings.start.empty()) {
    set_start(problem, {}, start);
    fit = better_of(fit, fit_from(start, problem));
  }
  for (const double width : last_widths) {
    if (fit.status() != PixelStatus::not_found) break;
    LineShape shape = estimate_line_shape(problem);
    shape.width *= width;
    plan_.model.start_values(shape, start);
    fit = better_of(fit, fit_from(start, problem));
  }
  return fit;
}

/// One at a time: one point far off can make others seem so.
void StatusFitter::drop_outliers(StatusFit& fit) {
  std::size_t dropped = 0;
  std::array<std::size_t, most_outliers> thresholds{};
  int evaluations = 0;
  const std::size_t allowed = outliers_allowed(points_.problem(plan_.model, plan_.background).points());
  while (fit.outlier && dropped < allowed) {
    evaluations += fit.minimum.evaluations;
    thresholds[dropped++] = points_.drop(*fit.outlier);
    fit = fit_points(points_.problem(plan_.model, plan_.background));
  }
  fit.minimum.evaluations += evaluations;
  fit.dropped = dropped;
  fit.dropped_thresholds = thresholds;
}

StatusFit StatusFitter::fit_from(std::span<const double> start, const FitProblem& problem) {
  StatusFit fit;
  const auto parameters = std::span(fit.parameters).first(problem.parameters());
  std::ranges::copy(start, parameters.begin());
  fit.minimum = fitter_(problem, parameters);
  fit.reason = fit.minimum.failure;
  if (fit.reason != StatusReason::none) {
    const bool tried = fit.reason != StatusReason::too_few_points;
    if (tried && width_unresolved(fit, problem)) fit.reason = StatusReason::width_unresolved;
    return fit;
  }
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    fit.errors[k] = parameter_error(fitter_.covariance(), k, plan_.settings.covariance, fit.minimum, plan_.dispersion);
  }
  if (line_ < parameters.size()) {
    const double bias = fitter_.bias()[static_cast<Eigen::Index>(line_)];
    fit.line_bias = std::abs(bias) < fit.errors[line_] ? bias : 0.0;  // beyond, the first order says nothing
  }
  if (robust_) fit.outlier = largest_outlier(problem, fitter_.fitted().flux, plan_.dispersion);
  fit.reason = judge(fit, problem);
  if (interval_ && fit.reason == StatusReason::none && !set_line_error(fit, problem)) {
    fit.reason = StatusReason::undetermined;
  }
  return fit;
}

/// False where the likelihood has no interval.
bool StatusFitter::set_line_error(StatusFit& fit, const FitProblem& problem) {
  const double rise = covariance_factor(plan_.settings.covariance, fit.minimum, plan_.dispersion);
  const auto parameters = std::span(fit.parameters).first(problem.parameters());
  const auto found = (*interval_)(problem, parameters, fit.minimum.chi2, rise, fitter_.covariance());
  if (!found) return false;
  fit.line_error = *found;
  fit.errors[line_] = 0.5 * (found->low + found->high);
  return true;
}

/// Why a fit that has converged is not good, or none.
StatusReason StatusFitter::judge(const StatusFit& fit, const FitProblem& problem) {
  if (width_unresolved(fit, problem)) return StatusReason::width_unresolved;
  const std::size_t parameters = problem.parameters();
  if (!in_domain(problem, std::span(fit.parameters).first(parameters), points_.scan_begin(), points_.scan_end())) {
    return StatusReason::parameter_domain;
  }
  const FittedPoints fitted = fitter_.fitted();
  if (!goodness_.accepts(problem, fitted, fit.minimum.chi2 / plan_.dispersion, fit.minimum.ndf))
    return StatusReason::goodness_of_fit;
  if (line_ < parameters && !has_line_(problem, fitted.flux, fit.minimum.chi2, plan_.dispersion)) {
    return StatusReason::no_line;
  }
  return determined(fit, parameters) ? StatusReason::none : StatusReason::undetermined;
}

bool StatusFitter::determined(const StatusFit& fit, std::size_t parameters) const {
  const auto errors = std::span(fit.errors).first(parameters);
  if (!std::ranges::all_of(errors, [](double error) { return std::isfinite(error); })) return false;
  return line_ == parameters || determines_line(errors[line_], points_.scan_end() - points_.scan_begin());
}

/// With few counts the likelihood of a line between two thresholds can grow without end as its width goes to 0: there
/// is no minimum to be found, and the reason is in the data, not in the minimiser.
bool StatusFitter::width_unresolved(const StatusFit& fit, const FitProblem& problem) const {
  return plan_.statistic.traits().bounded && !resolves_widths(problem, fit.parameters);
}

}  // namespace velocal
