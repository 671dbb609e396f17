// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/fit_scan.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "velocal/core/charge_zero.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/fit/asic_fits.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/cube_in_use.hpp"
#include "velocal/fit/curves/background.hpp"
#include "velocal/fit/curves/dispersion.hpp"
#include "velocal/fit/curves/quiet_curves.hpp"
#include "velocal/fit/curves/spoilt_thresholds.hpp"
#include "velocal/fit/curves/stacked_residuals.hpp"
#include "velocal/fit/fit_plan.hpp"
#include "velocal/fit/fixed_fit.hpp"
#include "velocal/fit/problem/statistic.hpp"
#include "velocal/model/model_for_source.hpp"

namespace velocal {
namespace {

/// Background of the whole chip, whatever the group; 0 where the statistic has none.
Background background_of(const FluxCube& cube, const FitSettings& settings, Progress& progress) {
  if (!StatisticRegistry::instance().get(settings.statistic).traits().background) return {};
  if (settings.background) return {*settings.background};
  const ChipCurves pixels(cube, PixelGroup::all, BaselineMode::after);
  return estimate_background(QuietCurves(pixels.curves()).curves(), progress);
}

/// Pixels by the thresholds that their own fits left out.
std::vector<std::uint32_t> count_dropped(const CurveFits& fits, std::size_t thresholds) {
  std::vector<std::uint32_t> count(thresholds);
  for (const DroppedPoint& point : fits.dropped) ++count[point.threshold];
  return count;
}

/// A mean over all pixels would keep the bias that is hidden by a pixel's own error.
void take_off_bias(CurveFits& fits) {
  const auto line = std::ranges::find(fits.parameters, quantity::line, &CurveParameter::name);
  if (line == fits.parameters.end()) return;
  for (std::size_t curve = 0; curve < fits.line_bias.size(); ++curve) line->value[curve] -= fits.line_bias[curve];
}

/// Thresholds that are wrong in all pixels of the group alike.
std::vector<ThresholdUse> spoilt_thresholds(const FluxCube& cube, const FitSettings& settings,
                                            const FitOptions& options, const FitPlan& plan, Progress& progress) {
  const ChipCurves pixels(cube, options.group, settings.baseline, plan.origins.has_value());
  const QuietCurves quiet(pixels.curves());
  return find_spoilt_thresholds(quiet.curves(), *plan.whole,
                                {.statistic = settings.statistic,
                                 .background = background_of(cube, settings, progress).rate,
                                 .robust = settings.robust,
                                 .engine = options.engine,
                                 .threads = options.threads});
}

PixelMatrix<std::uint32_t> full_thresholds(const Saturation& saturation) {
  PixelMatrix<std::uint32_t> full;
  for (std::size_t pixel = 0; pixel < full.size(); ++pixel) full[pixel] = saturation.thresholds(pixel);
  return full;
}

CurveSettings pixel_settings(const FitSettings& settings, const FitOptions& options, double background,
                             Uncertain dispersion) {
  return {.statistic = settings.statistic,
          .covariance = settings.covariance,
          .errors = settings.errors,
          .significance = settings.significance,
          .max_zero_fraction = settings.max_zero_fraction,
          .background = background,
          .robust = settings.robust,
          .dispersion = dispersion.value > 0.0 ? dispersion.value : 1.0,
          .engine = options.engine,
          .threads = options.threads,
          .unit = "pixels"};
}

/// What a scan is fitted with, and nothing that is found.
ScanFit unfitted(const FluxCube& cube, const FitSettings& settings, const FitOptions& options, const FitPlan& plan,
                 const Background& background) {
  ScanFit result;
  result.settings = settings;
  result.engine = options.engine;
  result.group = options.group;
  result.background = background.rate;
  result.background_error = background.error;
  result.background_assumed = background.assumed;
  result.source = plan.source;
  result.baseline = cube.baseline;
  result.counter = cube.counter;
  return result;
}

/// How E0 follows the share of the second line where the fit takes that as known; else 0.
double second_share_slope(const Curves& curves, const FitPlan& plan, const FitSettings& settings,
                          std::span<const SharedParameter> shared, const CurveSettings& pixel_settings) {
  const std::string share(quantity::second_share);
  if (plan.source.lines.size() < 2 || std::ranges::count(settings.shared, share) > 0) return 0.0;
  std::vector<std::string> names;
  std::vector<double> values;
  for (const SharedParameter& parameter : shared) {
    names.push_back(parameter.name);
    values.push_back(parameter.value.value);
  }
  names.push_back(share);
  values.push_back(plan.source.lines[1].share);
  const auto model =
      model_for_source(settings.model, plan.source,
                       {.share = true, .zero = std::ranges::count(settings.shared, quantity::charge_zero) > 0});
  return line_slope(curves, *model, names, values, pixel_settings, *pixel_settings.background);
}

/// Fits the pixels, and notes what their fits made of the thresholds.
void fit_pixels(ScanFit& result, const ChipCurves& pixels, const CubeInUse& in_use, const FitPlan& plan,
                const FluxModel& model, const CurveSettings& settings, Progress& progress) {
  const FluxCube& cube = in_use.cube();
  CurveFits fits = fit_curves(pixels.curves(), model, settings, progress);
  result.thresholds = {cube.threshold, in_use.use(), count_dropped(fits, cube.threshold_count())};
  result.residuals = stack_residuals(pixels.curves(), fits, model, settings);
  if (plan.origins) take_off_bias(fits);  // after the residuals, which are those of the minima
  result.pixels = pixel_fits(std::move(fits));
  if (plan.origins) plan.origins->add_to(result.pixels);
}

/// The pixels once more, with the shape of the ASIC's curve.
FixedFits fit_with_shape_of(const AsicFit& asic, const ChipCurves& pixels, const FitPlan& plan, const FluxModel& model,
                            const CurveSettings& settings, Progress& progress) {
  CurveFit held = asic.fit;
  if (plan.origins) plan.origins->take_off(held);
  return fit_fixed(pixels.curves(), model, settings, held, progress);
}

}  // namespace

ScanFit fit_scan(const FluxCube& whole, const ScanSettings& scan, const FitSettings& settings,
                 const FitOptions& options, Progress& progress) {
  require_consistent(whole, settings);
  require_known(options.group);
  const FitPlan plan = plan_fit(whole, scan, settings, options.group);
  CubeInUse in_use(whole, settings.range);
  in_use.leave_out(spoilt_thresholds(in_use.cube(), settings, options, plan, progress));
  const FluxCube& cube = in_use.cube();
  const Background background = background_of(cube, settings, progress);
  const ChipCurves pixels(cube, options.group, settings.baseline, plan.origins.has_value());
  const QuietCurves quiet(pixels.curves());

  ScanFit result = unfitted(cube, settings, options, plan, background);
  result.full = full_thresholds(pixels.saturation());
  result.dispersion = std::isnan(cube.dispersion.value) ? dispersion_of(quiet.curves()) : cube.dispersion;
  CurveSettings own = pixel_settings(settings, options, background.rate, result.dispersion);
  if (!settings.shared.empty()) {
    result.shared = fit_shared(quiet.curves(), *plan.whole, settings.shared, own, background.rate, progress);
  }
  result.second_share_slope = second_share_slope(quiet.curves(), plan, settings, result.shared, own);
  const auto model = held_model(plan.whole, result.shared);
  own.start = start_of(plan, scan, settings, *model);

  const AsicFits asic(cube, plan, *model, settings, own);
  result.asic = asic.of_all(options.group, quiet.curves(), pixels.saturation());
  fit_pixels(result, pixels, in_use, plan, *model, own, progress);
  result.asic_good = asic.of_good(result.pixels, pixels.saturation());
  if (settings.fixed_fit) result.fixed = fit_with_shape_of(result.asic, pixels, plan, *model, own, progress);
  return result;
}

}  // namespace velocal
