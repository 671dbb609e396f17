// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/rejected_fit.hpp"

#include "velocal/core/quantity.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/curves/dispersion.hpp"
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

}  // namespace

RejectedFits::RejectedFits(const FluxCube& flux, const ScanFit& fit)
    : fit_(fit),
      in_use_((require_consistent(flux, fit.settings), flux), fit.settings.range),
      model_(model_of(fit)),
      origins_(origins_of(fit, *model_)),
      settings_(settings_of(fit)) {
  if (fit.thresholds.use.size() == flux.threshold_count()) in_use_.leave_out(fit.thresholds.use);
  pixels_.emplace(in_use_.cube(), fit.group, fit.settings.baseline, origins_.has_value());
  const Uncertain dispersion{fit.dispersion.value > 0.0 ? fit.dispersion.value : 1.0, 0.0};
  const Statistic& statistic = StatisticRegistry::instance().get(fit.settings.statistic);
  plan_.emplace(CurveFitPlan{pixels_->curves(), *model_, statistic, settings_, fit.background,
                             dispersion_factor(settings_.covariance, dispersion)});
}

std::vector<double> RejectedFits::of_pixel(std::size_t pixel) const {
  if (fit_.pixels.status_of(pixel) != PixelStatus::bad || fit_.pixels.ndf[pixel] <= 0) return {};
  const StatusFit found = StatusFitter(*plan_)(pixel);
  if (found.status() != PixelStatus::bad || found.minimum.failure != StatusReason::none) return {};
  const std::size_t count = model_->parameters().size(), line = model_->index_of(quantity::line);
  std::vector<double> parameters(found.parameters.begin(), found.parameters.begin() + static_cast<long>(count));
  if (origins_ && line < count) parameters[line] += origins_->of_pixel(pixel);
  return parameters;
}

std::vector<double> rejected_fit(const FluxCube& flux, const ScanFit& fit, std::size_t pixel) {
  return RejectedFits(flux, fit).of_pixel(pixel);
}

}  // namespace velocal
