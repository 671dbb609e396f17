// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/fitted_flux.hpp"

#include <fmt/format.h>

#include <cmath>

#include "velocal/core/error.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/line_origins.hpp"

namespace velocal {

std::vector<double> fitted_flux(const ScanFit& fit, std::size_t pixel, std::span<const double> threshold) {
  if (pixel >= fit.pixels.status.size()) {
    throw UsageError(fmt::format("there is no pixel {}", pixel), fmt::format("there are {}", fit.pixels.status.size()));
  }
  std::vector<double> flux(threshold.size(), undefined);
  if (!fit.pixels.good(pixel)) return flux;
  std::vector<double> parameters;
  for (const ParameterMap& map : fit.pixels.parameters) parameters.push_back(map.value[pixel]);
  const double shift = fit.baseline ? baseline_shift(*fit.baseline, fit.settings.baseline, pixel) : 0.0;
  std::vector<double> shifted(threshold.begin(), threshold.end());
  for (double& value : shifted) value -= shift;
  const auto model = model_of(fit);
  const auto origins = origins_of(fit, *model);
  flux_of_fit(*model, parameters, origins ? origins->of_pixel(pixel) : 0.0, shifted, flux);
  for (double& value : flux) value += fit.background;
  return flux;
}

}  // namespace velocal
