// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/fit_scan.hpp"

#include <fmt/format.h>

#include "velocal/core/error.hpp"
#include "velocal/fit/asic_fit.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/curves/background.hpp"
#include "velocal/fit/fixed_fit.hpp"
#include "velocal/fit/problem/start_values.hpp"
#include "velocal/fit/problem/statistic.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal {
namespace {

PixelSelection good_pixels(const PixelFits& fits) {
  PixelSelection selected;
  for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) selected[pixel] = fits.good(pixel) ? 1 : 0;
  return selected;
}

std::vector<double> start_of(const ScanSettings& scan, const FitSettings& settings, const FluxModel& model) {
  if (settings.start == StartValues::automatic) return {};
  return start_values(settings.baseline == BaselineMode::after ? scan.initial : scan.initial_baseline, model);
}

/// Background of the whole chip, whatever the group; 0 where the statistic has none.
double background_of(const FluxCube& cube, const FitSettings& settings) {
  if (!StatisticRegistry::instance().get(settings.statistic).is_likelihood()) return 0.0;
  return settings.background ? *settings.background
                             : estimate_background(ChipCurves(cube, PixelGroup::all, BaselineMode::after).curves());
}

}  // namespace

ScanFit fit_scan(const FluxCube& cube, const ScanSettings& scan, const FitSettings& settings, const FitOptions& options,
                 Progress& progress) {
  require_consistent(cube, settings);
  require_known(options.group);
  const FluxModel& model = ModelRegistry::instance().get(settings.model);
  const double background = background_of(cube, settings);
  const CurveSettings pixel_settings{.statistic = settings.statistic,
                                     .covariance = settings.covariance,
                                     .start = start_of(scan, settings, model),
                                     .significance = settings.significance,
                                     .max_zero_fraction = settings.max_zero_fraction,
                                     .background = background,
                                     .engine = options.engine,
                                     .threads = options.threads,
                                     .unit = "pixels"};
  const auto fit_asic = [&](FluxCurve curve, CurveEnds ends) {
    const CurveFit fit = fit_curve(curve, ends, model, pixel_settings.start, options.engine, settings.covariance);
    return AsicFit{std::move(curve), fit};
  };

  ScanFit result;
  result.settings = settings;
  result.engine = options.engine;
  result.group = options.group;
  result.background = background;
  result.baseline = cube.baseline;
  result.asic = fit_asic(asic_curve(cube, options.group, settings.baseline), CurveEnds::all);

  const ChipCurves pixels(cube, options.group, settings.baseline);
  result.pixels = pixel_fits(fit_curves(pixels.curves(), model, pixel_settings, progress));

  const double baseline_dac =
      cube.baseline ? mean_baseline(*cube.baseline, asic_pixels(cube, options.group, settings.baseline)) : undefined;
  result.asic_good =
      fit_asic(mean_curve(cube, good_pixels(result.pixels), settings.baseline, baseline_dac, options.threads),
               CurveEnds::trim_zeros);
  if (settings.fixed_fit) {
    result.fixed = fit_fixed(pixels.curves(), model, pixel_settings, result.asic.fit, progress);
  }
  return result;
}

}  // namespace velocal
