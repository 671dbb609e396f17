// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/pixel_fitter.hpp"

#include <algorithm>
#include <cmath>

#include "velocal/core/parallel_for.hpp"
#include "velocal/fit/problem/line_shape.hpp"
#include "velocal/fit/problem/start_values.hpp"

namespace velocal {
namespace {

/// Enough pixels a task that handing out tasks costs nothing, and few enough that the threads end together.
constexpr std::size_t pixels_per_task = 256;

/// Widths of the last tries' starts, in those of the estimate: few counts can hide a line in a wrong, narrow minimum,
/// and where J^T W J is singular a minimiser can halt at no minimum at all.
constexpr std::array last_widths{2.5, 0.4};

StatusReason reason_to_skip(const PixelFitPlan& plan, std::size_t pixel) {
  if (plan.cube.mask[pixel] != 0) return StatusReason::masked;
  if (!in_group(plan.group, Pixel::at(pixel), plan.settings.separation)) return StatusReason::outside_group;
  if (plan.settings.baseline != BaselineMode::after && !plan.cube.baseline->found(pixel)) {
    return StatusReason::no_baseline;
  }
  return StatusReason::none;
}

PixelStatus status_without_fit(StatusReason reason) {
  return reason == StatusReason::zero_inside ? PixelStatus::not_found : PixelStatus::cut;
}

/// That with the lower minimum, the first where neither has one; with the evaluations of both.
PixelFit better_of(const PixelFit& first, const PixelFit& second) {
  const auto found = [](const PixelFit& fit) { return fit.minimum.failure == StatusReason::none; };
  const bool lower = found(second) && (!found(first) || second.minimum.chi2 < first.minimum.chi2);
  PixelFit better = lower ? second : first;
  better.minimum.evaluations = first.minimum.evaluations + second.minimum.evaluations;
  return better;
}

void record(const PixelFit& fit, std::size_t pixel, PixelFits& fits) {
  fits.status[pixel] = static_cast<std::int8_t>(fit.status);
  fits.reason[pixel] = static_cast<std::uint8_t>(fit.reason);
  const bool converged = fit.status == PixelStatus::good || fit.status == PixelStatus::bad;
  if (!converged || fit.minimum.failure != StatusReason::none) return;
  fits.chi2[pixel] = fit.minimum.chi2;
  fits.ndf[pixel] = fit.minimum.ndf;
  if (fit.status != PixelStatus::good) return;
  for (std::size_t k = 0; k < fits.parameters.size(); ++k) {
    fits.parameters[k].value[pixel] = fit.parameters[k];
    fits.parameters[k].error[pixel] = fit.errors[k];
  }
}

}  // namespace

double baseline_shift(const FluxCube& cube, BaselineMode mode, std::size_t pixel) {
  switch (mode) {
    case BaselineMode::after: return 0.0;
    case BaselineMode::before: return cube.baseline->mean[pixel];
    case BaselineMode::aligned: return std::trunc(cube.baseline->mean[pixel]);
  }
  return 0.0;
}

PixelFitter::PixelFitter(const PixelFitPlan& plan)
    : plan_(plan),
      points_(plan.cube, plan.settings),
      goodness_(plan.settings.significance, points_.max_points()),
      fitter_(plan.model, plan.engine, points_.max_points()) {}

PixelFit PixelFitter::operator()(std::size_t pixel) {
  PixelFit fit;
  fit.reason = reason_to_skip(plan_, pixel);
  if (fit.reason != StatusReason::none) return fit;
  fit.reason = points_.load(pixel, baseline_shift(plan_.cube, plan_.settings.baseline, pixel));
  if (fit.reason != StatusReason::none) {
    fit.status = status_without_fit(fit.reason);
    return fit;
  }
  const FitProblem problem = points_.problem(plan_.model, plan_.background);
  std::array<double, max_parameters> values{};
  const auto start = std::span(values).first(problem.parameters());
  set_start(problem, plan_.start, start);
  fit = fit_from(start, problem);
  // Start values that suit most pixels can lead the others nowhere, or into a wrong minimum.
  if (fit.status != PixelStatus::good && !plan_.start.empty()) {
    set_start(problem, {}, start);
    fit = better_of(fit, fit_from(start, problem));
  }
  for (const double width : last_widths) {
    if (fit.status != PixelStatus::not_found) break;
    LineShape shape = estimate_line_shape(problem);
    shape.width *= width;
    plan_.model.start_values(shape, start);
    fit = better_of(fit, fit_from(start, problem));
  }
  return fit;
}

PixelFit PixelFitter::fit_from(std::span<const double> start, const FitProblem& problem) {
  PixelFit fit;
  const auto parameters = std::span(fit.parameters).first(problem.parameters());
  std::ranges::copy(start, parameters.begin());
  fit.minimum = fitter_(problem, parameters);
  fit.reason = fit.minimum.failure;
  if (fit.reason != StatusReason::none) {
    if (width_unresolved(fit, problem)) fit.reason = StatusReason::width_unresolved;
    fit.status = fit.reason == StatusReason::width_unresolved ? PixelStatus::bad : PixelStatus::not_found;
    return fit;
  }
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    fit.errors[k] = parameter_error(fitter_.covariance(), k, plan_.settings.covariance, fit.minimum);
  }
  if (width_unresolved(fit, problem)) {
    fit.reason = StatusReason::width_unresolved;
  } else if (!in_domain(fit)) {
    fit.reason = StatusReason::parameter_domain;
  } else if (!goodness_.accepts(problem, fit.minimum, fitter_)) {
    fit.reason = StatusReason::goodness_of_fit;
  }
  fit.status = fit.reason == StatusReason::none ? PixelStatus::good : PixelStatus::bad;
  return fit;
}

/// With few counts the likelihood of a line between two thresholds can grow without end as its width goes to 0: there
/// is no minimum to be found, and the reason is in the data, not in the minimiser.
bool PixelFitter::width_unresolved(const PixelFit& fit, const FitProblem& problem) const {
  return problem.statistic == Statistic::poisson && !resolves_widths(problem, fit.parameters);
}

bool PixelFitter::in_domain(const PixelFit& fit) const {
  const auto parameters = plan_.model.parameters();
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    const bool vanished = plan_.settings.statistic == Statistic::poisson && parameters[k].may_vanish &&
                          fit.parameters[k] == parameters[k].lower;
    const bool inside = parameters[k].lower < fit.parameters[k] && fit.parameters[k] < parameters[k].upper;
    if (!inside && !vanished) return false;
  }
  const std::size_t line = plan_.model.index_of("E0");
  return line == parameters.size() ||
         (points_.scan_begin() <= fit.parameters[line] && fit.parameters[line] <= points_.scan_end());
}

PixelFits fit_pixels(const PixelFitPlan& plan, int threads, Progress& progress) {
  PixelFits fits;
  for (const ModelParameter& parameter : plan.model.parameters()) {
    fits.parameters.push_back({std::string(parameter.name), std::string(parameter.unit)});
  }
  constexpr std::size_t tasks = pixel_count / pixels_per_task;
  std::vector<std::unique_ptr<PixelFitter>> fitters(static_cast<std::size_t>(worker_count(tasks, threads)));
  PixelMatrix<std::int32_t> evaluations;
  progress.start("fitting", pixel_count, "pixels");
  parallel_for(tasks, threads, [&](std::size_t task, int worker) {
    auto& fitter = fitters[static_cast<std::size_t>(worker)];
    if (!fitter) fitter = std::make_unique<PixelFitter>(plan);
    for (std::size_t pixel = task * pixels_per_task; pixel < (task + 1) * pixels_per_task; ++pixel) {
      const PixelFit fit = (*fitter)(pixel);
      record(fit, pixel, fits);
      evaluations[pixel] = fit.minimum.evaluations;
    }
    progress.advance(pixels_per_task);
  });
  progress.finish();
  double fitted = 0.0;
  double sum = 0.0;
  for (const std::int32_t count : evaluations) {
    fitted += count > 0 ? 1.0 : 0.0;
    sum += count;
  }
  fits.mean_evaluations = fitted > 0.0 ? sum / fitted : 0.0;
  return fits;
}

}  // namespace velocal
