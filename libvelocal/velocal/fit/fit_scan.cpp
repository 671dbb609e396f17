// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/fit_scan.hpp"

#include <fmt/format.h>

#include "velocal/core/error.hpp"
#include "velocal/fit/asic_fit.hpp"
#include "velocal/fit/background.hpp"
#include "velocal/fit/fixed_fit.hpp"
#include "velocal/fit/pixel_fitter.hpp"
#include "velocal/fit/problem/start_values.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal {
namespace {

void require_baseline(const FluxCube& cube, BaselineMode mode) {
  if (mode == BaselineMode::after || cube.baseline) return;
  throw InputError("the fit needs the noise baseline, and the flux file has none",
                   fmt::format("baseline: {}", to_string(mode)),
                   "Name the scan's baseline folder in the descriptor and run velocal-flux again");
}

PixelSelection good_pixels(const PixelFits& fits) {
  PixelSelection selected;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) selected[pixel] = fits.good(pixel) ? 1 : 0;
  return selected;
}

}  // namespace

ScanFit fit_scan(const FluxCube& cube, const ScanSettings& scan, const FitSettings& settings, const FitOptions& options,
                 Progress& progress) {
  require_baseline(cube, settings.baseline);
  const FluxModel& model = ModelRegistry::instance().get(settings.model);
  const bool raw = settings.baseline == BaselineMode::after;
  const std::vector<double> start = settings.start == StartValues::automatic
                                        ? std::vector<double>{}
                                        : start_values(raw ? scan.initial : scan.initial_baseline, model);
  const auto fit_asic = [&](FluxCurve curve, CurveEnds ends) {
    const CurveFit fit = fit_curve(curve, ends, model, start, options.engine, settings.covariance);
    return AsicFit{std::move(curve), fit};
  };

  ScanFit result;
  result.settings = settings;
  result.engine = options.engine;
  result.group = options.group;
  result.baseline = cube.baseline;
  if (settings.statistic == Statistic::poisson) {
    result.background = settings.background ? *settings.background : estimate_background(cube);
  }
  result.asic = fit_asic(asic_curve(cube, options.group, settings.baseline), CurveEnds::all);

  const PixelFitPlan plan{cube, settings, model, options.engine, options.group, start, result.background};
  result.pixels = fit_pixels(plan, options.threads, progress);

  const double baseline_dac =
      cube.baseline ? mean_baseline(*cube.baseline, asic_pixels(cube, options.group, settings.baseline)) : undefined;
  result.asic_good =
      fit_asic(mean_curve(cube, good_pixels(result.pixels), settings.baseline, baseline_dac, options.threads),
               CurveEnds::trim_zeros);
  if (settings.fixed_fit) result.fixed = fit_fixed(plan, result.asic.fit, options.threads, progress);
  return result;
}

}  // namespace velocal
