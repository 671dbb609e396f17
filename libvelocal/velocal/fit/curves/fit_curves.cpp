// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/fit_curves.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "velocal/core/error.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/fit/curves/background.hpp"
#include "velocal/fit/curves/dispersion.hpp"
#include "velocal/fit/curves/quiet_curves.hpp"
#include "velocal/fit/curves/status_fitter.hpp"

namespace velocal {
namespace {

/// Enough curves a task that handing out tasks costs nothing, and few enough that the threads end together.
constexpr std::size_t curves_per_task = 1 << 8;

void require_settings(const CurveSettings& settings, const FluxModel& model) {
  const auto require = [](bool holds, std::string_view name, double value, std::string_view meaning) {
    if (holds) return;
    throw UsageError(fmt::format("{} is {}", name, value), fmt::format("it has to be {}", meaning),
                     fmt::format("Set another {}", name));
  };
  const double alpha = settings.significance, zeros = settings.max_zero_fraction;
  require(alpha > 0.0 && alpha < 1.0, "significance", alpha, "above 0 and below 1");
  require(zeros > 0.0 && zeros <= 1.0, "max_zero_fraction", zeros, "above 0, at most 1");
  const double background = settings.background.value_or(0.0);
  require(background >= 0.0 && std::isfinite(background), "background", background, "finite and >= 0");
  const double dispersion = settings.dispersion.value_or(1.0);
  require(dispersion > 0.0 && std::isfinite(dispersion), "dispersion", dispersion, "finite and > 0");
  to_string(settings.covariance);  // throws when there is no such value
  to_string(settings.errors);
  require_valid(model);
  const std::size_t parameters = model.parameters().size();
  if (settings.errors == Errors::profile && model.index_of(quantity::line) == parameters) {
    throw UsageError(fmt::format("model {} has no line {} whose interval could be found", model.name(), quantity::line),
                     "errors is profile", "Set errors to hessian");
  }
  const std::size_t count = settings.start.size();
  const bool finite = std::ranges::all_of(settings.start, [](double value) { return std::isfinite(value); });
  if (count == 0 || (count == parameters && finite)) return;
  throw UsageError(fmt::format("start values {} for model {}", fmt::join(settings.start, ", "), model.name()),
                   fmt::format("it has {} parameters, each starts from a finite number", parameters),
                   "Give one value a parameter, in the model's order, or none");
}

CurveFits without_fits(const FluxModel& model, std::size_t curves, Errors errors) {
  const std::vector<double> none(curves, undefined);
  CurveFits fits{std::vector<PixelStatus>(curves, PixelStatus::cut),
                 std::vector<StatusReason>(curves),
                 {},
                 none,
                 std::vector<std::int32_t>(curves),
                 std::vector<double>(curves),
                 {}};
  for (const ModelParameter& parameter : model.parameters()) {
    fits.parameters.push_back({std::string(parameter.name), std::string(parameter.unit), none, none});
  }
  if (errors == Errors::profile) {
    CurveParameter& line = fits.parameters[model.index_of(quantity::line)];
    line.error_low = line.error_high = none;
  }
  return fits;
}

void record(const StatusFit& fit, std::size_t curve, CurveFits& fits) {
  fits.status[curve] = fit.status();
  fits.reason[curve] = fit.reason;
  const bool converged = fit.status() == PixelStatus::good || fit.status() == PixelStatus::bad;
  if (!converged || fit.minimum.failure != StatusReason::none) return;
  fits.chi2[curve] = fit.minimum.chi2;
  fits.ndf[curve] = fit.minimum.ndf;
  if (fit.status() != PixelStatus::good) return;
  for (std::size_t k = 0; k < fits.parameters.size(); ++k) {
    fits.parameters[k].value[curve] = fit.parameters[k];
    fits.parameters[k].error[curve] = fit.errors[k];
    if (fits.parameters[k].error_low.empty()) continue;
    fits.parameters[k].error_low[curve] = fit.line_error.low;
    fits.parameters[k].error_high[curve] = fit.line_error.high;
  }
  fits.line_bias[curve] = fit.line_bias;
}

double mean_over_fitted(const std::vector<std::int32_t>& evaluations) {
  double fitted = 0.0;
  double sum = 0.0;
  for (const std::int32_t count : evaluations) {
    fitted += count > 0 ? 1.0 : 0.0;
    sum += count;
  }
  return fitted > 0.0 ? sum / fitted : 0.0;
}

/// Each task writes its own places: the result does not depend on who does which.
void fit_all(const CurveFitPlan& plan, CurveFits& fits, Progress& progress) {
  const std::size_t curves = plan.curves.size();
  const std::size_t tasks = (curves + curves_per_task - 1) / curves_per_task;
  const int threads = plan.settings.threads;
  std::vector<std::unique_ptr<StatusFitter>> fitters(static_cast<std::size_t>(worker_count(tasks, threads)));
  std::vector<std::int32_t> evaluations(curves);
  std::vector<std::vector<DroppedPoint>> dropped(tasks);
  progress.start("fitting", curves, plan.settings.unit);
  parallel_for(tasks, threads, [&](std::size_t task, int worker) {
    auto& fitter = fitters[static_cast<std::size_t>(worker)];
    if (!fitter) fitter = std::make_unique<StatusFitter>(plan);
    const std::size_t begin = task * curves_per_task;
    const std::size_t end = std::min(begin + curves_per_task, curves);
    for (std::size_t curve = begin; curve < end; ++curve) {
      const StatusFit fit = (*fitter)(curve);
      record(fit, curve, fits);
      evaluations[curve] = fit.minimum.evaluations;
      for (std::size_t i = 0; i < fit.dropped; ++i) dropped[task].push_back({curve, fit.dropped_thresholds[i]});
    }
    progress.advance(end - begin);
  });
  progress.finish();
  for (const auto& of_task : dropped) fits.dropped.insert(fits.dropped.end(), of_task.begin(), of_task.end());
  fits.mean_evaluations = mean_over_fitted(evaluations);
}

}  // namespace

const CurveParameter& CurveFits::parameter(std::string_view name) const {
  const auto found = std::ranges::find(parameters, name, &CurveParameter::name);
  if (found != parameters.end()) return *found;
  std::vector<std::string> names;
  for (const CurveParameter& each : parameters) names.push_back(each.name);
  throw UsageError(fmt::format("the model has no parameter {:?}", name),
                   fmt::format("it has {}", fmt::join(names, ", ")), "Ask for one of these");
}

CurveFits fit_curves(const Curves& curves, const FluxModel& model, const CurveSettings& settings, Progress& progress) {
  const Statistic& statistic = StatisticRegistry::instance().get(settings.statistic);
  require_curves(curves);
  require_settings(settings, model);
  make_minimiser(settings.engine, 1, 1);  // says here, once, that there is no such engine
  CurveFits fits = without_fits(model, curves.size(), settings.errors);
  const QuietCurves quiet(curves);
  const bool has_line = model.index_of(quantity::line) < model.parameters().size();
  const Curves& taken = has_line ? quiet.curves() : curves;
  if (statistic.traits().background) {
    const Background background =
        settings.background ? Background{*settings.background} : estimate_background(taken, progress);
    fits.background = background.rate;
    fits.background_error = background.error;
    fits.background_assumed = background.assumed;
  }
  fits.dispersion = settings.dispersion ? Uncertain{*settings.dispersion, 0.0} : dispersion_of(taken);
  const CurveFitPlan plan{taken,    model,           statistic,
                          settings, fits.background, dispersion_factor(settings.covariance, fits.dispersion)};
  fit_all(plan, fits, progress);
  return fits;
}

}  // namespace velocal
