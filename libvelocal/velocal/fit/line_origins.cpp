// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/line_origins.hpp"

#include <algorithm>
#include <cmath>

#include "velocal/core/quantity.hpp"

namespace velocal {

double line_origin(BaselineMode mode, double baseline_dac) {
  switch (mode) {
    case BaselineMode::after: return baseline_dac;
    case BaselineMode::before: return 0.0;
    case BaselineMode::aligned: return baseline_dac - std::trunc(baseline_dac);
  }
  return 0.0;
}

LineOrigins::LineOrigins(const NoiseBaseline& baseline, const PixelSelection& selected, BaselineMode mode) {
  double sum = 0.0, pixels = 0.0;
  for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) {
    origin_[pixel] = baseline.found(pixel) ? line_origin(mode, baseline.mean[pixel]) : undefined;
    if (selected[pixel] == 0 || !baseline.found(pixel)) continue;
    sum += origin_[pixel];
    pixels += 1.0;
  }
  mean_ = sum / pixels;
  for (double& origin : origin_) origin = std::isnan(origin) ? mean_ : origin;
}

void LineOrigins::add_to(PixelFits& fits) const {
  const auto line = std::ranges::find(fits.parameters, quantity::line, &ParameterMap::name);
  if (line == fits.parameters.end()) return;
  for (std::size_t pixel = 0; pixel < origin_.size(); ++pixel) line->value[pixel] += origin_[pixel];
}

void LineOrigins::move_line(CurveFit& fit, double by) {
  const auto line = std::ranges::find(fit.names, quantity::line);
  if (line != fit.names.end()) fit.parameters[static_cast<std::size_t>(line - fit.names.begin())].value += by;
}

FluxCurve LineOrigins::taken_off(FluxCurve curve) const {
  for (double& threshold : curve.threshold) threshold -= mean_;
  return curve;
}

std::optional<LineOrigins> origins_of(const ScanFit& fit, const FluxModel& model) {
  if (!model.above_baseline() || !fit.baseline) return std::nullopt;
  return LineOrigins(*fit.baseline, contributing_pixels(fit.pixels), fit.settings.baseline);
}

}  // namespace velocal
