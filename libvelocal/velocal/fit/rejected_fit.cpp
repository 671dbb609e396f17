// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/rejected_fit.hpp"

#include "velocal/core/quantity.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/cube_in_use.hpp"
#include "velocal/fit/curves/dispersion.hpp"
#include "velocal/fit/curves/status_fitter.hpp"
#include "velocal/fit/line_origins.hpp"
#include "velocal/fit/problem/statistic.hpp"

namespace velocal {
namespace {

CurveSettings settings_of(const ScanFit& fit) {
  return {.statistic = fit.settings.statistic,
          .covariance = fit.settings.covariance,
          .significance = fit.settings.significance,
          .max_zero_fraction = fit.settings.max_zero_fraction,
          .background = fit.background,
          .robust = fit.settings.robust,
          .engine = fit.engine};
}

StatusFit fit_again(const FluxCube& cube, const ScanFit& fit, const FluxModel& model, bool above_baseline,
                    std::size_t pixel) {
  const ChipCurves pixels(cube, fit.group, fit.settings.baseline, above_baseline);
  const Statistic& statistic = StatisticRegistry::instance().get(fit.settings.statistic);
  const CurveSettings settings = settings_of(fit);
  const Uncertain dispersion{fit.dispersion.value > 0.0 ? fit.dispersion.value : 1.0, 0.0};
  const CurveFitPlan plan{pixels.curves(), model,          statistic,
                          settings,        fit.background, dispersion_factor(settings.covariance, dispersion)};
  return StatusFitter(plan)(pixel);
}

}  // namespace

std::vector<double> rejected_fit(const FluxCube& flux, const ScanFit& fit, std::size_t pixel) {
  if (fit.pixels.status_of(pixel) != PixelStatus::bad || fit.pixels.ndf[pixel] <= 0) return {};
  require_consistent(flux, fit.settings);
  CubeInUse in_use(flux, fit.settings.range);
  if (fit.thresholds.use.size() == flux.threshold_count()) in_use.leave_out(fit.thresholds.use);
  const auto model = model_of(fit);
  const auto origins = origins_of(fit, *model);
  const StatusFit found = fit_again(in_use.cube(), fit, *model, origins.has_value(), pixel);
  if (found.status() != PixelStatus::bad || found.minimum.failure != StatusReason::none) return {};
  const std::size_t count = model->parameters().size(), line = model->index_of(quantity::line);
  std::vector<double> parameters(found.parameters.begin(), found.parameters.begin() + static_cast<long>(count));
  if (origins && line < count) parameters[line] += origins->of_pixel(pixel);
  return parameters;
}

}  // namespace velocal
