// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/fit_scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <ranges>
#include <utility>

#include "velocal/core/charge_zero.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/fit/asic_fit.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/cube_in_use.hpp"
#include "velocal/fit/curves/background.hpp"
#include "velocal/fit/curves/dispersion.hpp"
#include "velocal/fit/curves/quiet_curves.hpp"
#include "velocal/fit/curves/spoilt_thresholds.hpp"
#include "velocal/fit/curves/stacked_residuals.hpp"
#include "velocal/fit/fixed_fit.hpp"
#include "velocal/fit/line_origins.hpp"
#include "velocal/fit/problem/neyman.hpp"
#include "velocal/fit/problem/start_values.hpp"
#include "velocal/fit/problem/statistic.hpp"
#include "velocal/fit/summed_curve.hpp"
#include "velocal/model/model_for_source.hpp"

namespace velocal {
namespace {

/// Good pixels without a full counter: at each threshold it has to be the same pixels that are summed.
PixelSelection good_pixels(const PixelFits& fits, const Saturation& saturation) {
  PixelSelection selected;
  for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) {
    selected[pixel] = fits.good(pixel) && saturation.thresholds(pixel) == 0 ? 1 : 0;
  }
  return selected;
}

/// Likewise of the pixels that are not skipped: neither masked nor noisy.
PixelSelection pixels_to_sum(const Curves& curves, const Saturation& saturation) {
  PixelSelection selected;
  for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) {
    const bool taken = curves.skipped_for(pixel) == StatusReason::none && saturation.thresholds(pixel) == 0;
    selected[pixel] = taken ? 1 : 0;
  }
  return selected;
}

/// What the analysis does that velocal replaces: a fit of mean fluxes with the errors of their spread.
bool as_reference(const FitSettings& settings) {
  return settings.covariance == Covariance::scaled && settings.statistic == Neyman::name;
}

/// Start values of the model's free parameters; `origin`: where its thresholds count from, in those of the results.
std::vector<double> start_of(const ScanSettings& scan, const FitSettings& settings, const FluxModel& whole,
                             const FluxModel& free, double origin) {
  if (settings.start == StartValues::automatic) return {};
  const std::vector<double> all =
      start_values(settings.baseline == BaselineMode::after ? scan.initial : scan.initial_baseline, whole);
  std::vector<double> start;
  for (const ModelParameter& parameter : free.parameters()) {
    start.push_back(all[whole.index_of(parameter.name)] - (parameter.name == quantity::line ? origin : 0.0));
  }
  return start;
}

/// Throws where the model counts from the baseline and there is none.
void require_baseline(const FluxCube& cube, const PixelSelection& pixels, const FluxModel& model,
                      const PhotonSource& source) {
  const auto has_one = [&](std::size_t pixel) { return pixels[pixel] != 0 && cube.baseline->found(pixel); };
  const auto all = std::views::iota(std::size_t{0}, pixels.size());
  if (cube.baseline && std::ranges::any_of(all, has_one)) return;
  throw InputError(
      fmt::format("model {} needs the noise baseline", model.name()),
      fmt::format("it counts from there, with {}; {}", source.text(),
                  cube.baseline ? "no pixel of the group has one" : "the flux has none"),
      "Name the scan's baseline folder and make the flux anew, or set photon_energy_eV of the source: a single line "
      "needs none, save with model diffusion");
}

/// A line is above the scan where even a chip of this many electrons per DAC would not reach it.
constexpr double largest_likely_gain = 20.0;

void require_in_scan(const FluxCube& cube, const PhotonSource& source, double mean_baseline_dac) {
  const double least = mean_baseline_dac + source.pairs().value / largest_likely_gain;
  if (!(least > cube.threshold.back())) return;
  throw UsageError(fmt::format("the line of {} eV lies above the scan", source.energy_eV),
                   fmt::format("at {} e-/DAC it is at {:.0f} DAC, the scan ends at {}", largest_likely_gain, least,
                               cube.threshold.back()),
                   "Name the source's line that is within the scan, or scan higher thresholds");
}

/// Background of the whole chip, whatever the group; 0 where the statistic has none.
Background background_of(const FluxCube& cube, const FitSettings& settings) {
  if (!StatisticRegistry::instance().get(settings.statistic).traits().background) return {};
  if (settings.background) return {*settings.background};
  const ChipCurves pixels(cube, PixelGroup::all, BaselineMode::after);
  return estimate_background(QuietCurves(pixels.curves()).curves());
}

/// Pixels by the thresholds that their own fits left out.
std::vector<std::uint32_t> count_dropped(const CurveFits& fits, std::size_t thresholds) {
  std::vector<std::uint32_t> count(thresholds);
  for (const DroppedPoint& point : fits.dropped) ++count[point.threshold];
  return count;
}

/// What a scan is fitted with, before any of its fits.
struct FitPlan {
  PhotonSource source;
  std::shared_ptr<const FluxModel> whole;
  std::optional<LineOrigins> origins;  ///< of a model that counts from the baseline
  double mean_baseline_dac = undefined;

  double mean_origin() const { return origins ? origins->mean() : 0.0; }
};

FitPlan plan_fit(const FluxCube& cube, const ScanSettings& scan, const FitSettings& settings, PixelGroup group) {
  FitPlan plan{photon_source(scan.source, scan.sensor), nullptr, {}};
  plan.whole = whole_model(settings, plan.source);
  const PixelSelection pixels = asic_pixels(cube, group, settings.baseline);
  if (cube.baseline) plan.mean_baseline_dac = mean_baseline(*cube.baseline, pixels);
  if (plan.whole->above_baseline()) {
    require_baseline(cube, pixels, *plan.whole, plan.source);
    plan.origins.emplace(*cube.baseline, pixels, settings.baseline);
  }
  require_in_scan(cube, plan.source, plan.mean_baseline_dac);
  return plan;
}

/// A mean over all pixels would keep the bias that is hidden by a pixel's own error.
void take_off_bias(CurveFits& fits) {
  const auto line = std::ranges::find(fits.parameters, quantity::line, &CurveParameter::name);
  if (line == fits.parameters.end()) return;
  for (std::size_t curve = 0; curve < fits.line_bias.size(); ++curve) line->value[curve] -= fits.line_bias[curve];
}

/// Thresholds that are wrong in all pixels of the group alike.
std::vector<ThresholdUse> spoilt_thresholds(const FluxCube& cube, const FitSettings& settings,
                                            const FitOptions& options, const FitPlan& plan) {
  const ChipCurves pixels(cube, options.group, settings.baseline, plan.origins.has_value());
  const QuietCurves quiet(pixels.curves());
  return find_spoilt_thresholds(quiet.curves(), *plan.whole,
                                {.statistic = settings.statistic,
                                 .background = background_of(cube, settings).rate,
                                 .robust = settings.robust,
                                 .engine = options.engine,
                                 .threads = options.threads});
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

FluxCurve above_origin(const FluxCurve& curve, const FitPlan& plan) {
  return plan.origins ? plan.origins->taken_off(curve) : curve;
}

/// Fits a curve of the chip, whose thresholds are those of the results.
AsicFit fit_chip_curve(FluxCurve curve, CurveEnds ends, const FitPlan& plan, const FluxModel& model,
                       const CurveSettings& settings) {
  CurveFit fit = fit_curve(above_origin(curve, plan), ends, model, settings.start, settings.engine, settings.covariance,
                           *settings.dispersion);
  if (plan.origins) plan.origins->add_to(fit);
  return {std::move(curve), std::move(fit)};
}

AsicFit fit_chip_counts(SummedCurve curve, CurveEnds ends, const FitPlan& plan, const FluxModel& model,
                        const CurveSettings& settings) {
  if (!StatisticRegistry::instance().get(settings.statistic).traits().background) {
    return fit_chip_curve(std::move(curve.flux), ends, plan, model, settings);
  }
  CurveFit fit = fit_summed(curve, above_origin(curve.flux, plan).threshold, model, settings);
  if (plan.origins) plan.origins->add_to(fit);
  return {std::move(curve.flux), std::move(fit)};
}

PixelMatrix<std::uint32_t> full_thresholds(const Saturation& saturation) {
  PixelMatrix<std::uint32_t> full;
  for (std::size_t pixel = 0; pixel < full.size(); ++pixel) full[pixel] = saturation.thresholds(pixel);
  return full;
}

}  // namespace

ScanFit fit_scan(const FluxCube& whole, const ScanSettings& scan, const FitSettings& settings,
                 const FitOptions& options, Progress& progress) {
  require_consistent(whole, settings);
  require_known(options.group);
  const FitPlan plan = plan_fit(whole, scan, settings, options.group);
  CubeInUse in_use(whole, settings.range);
  in_use.leave_out(spoilt_thresholds(in_use.cube(), settings, options, plan));
  const FluxCube& cube = in_use.cube();
  const Background background = background_of(cube, settings);
  const ChipCurves pixels(cube, options.group, settings.baseline, plan.origins.has_value());
  const QuietCurves quiet(pixels.curves());
  CurveSettings pixel_settings{.statistic = settings.statistic,
                               .covariance = settings.covariance,
                               .errors = settings.errors,
                               .significance = settings.significance,
                               .max_zero_fraction = settings.max_zero_fraction,
                               .background = background.rate,
                               .robust = settings.robust,
                               .engine = options.engine,
                               .threads = options.threads,
                               .unit = "pixels"};
  ScanFit result;
  result.settings = settings;
  result.engine = options.engine;
  result.group = options.group;
  result.background = background.rate;
  result.background_error = background.error;
  result.background_assumed = background.assumed;
  result.source = plan.source;
  result.baseline = cube.baseline;
  result.dispersion = std::isnan(cube.dispersion.value) ? dispersion_of(quiet.curves()) : cube.dispersion;
  pixel_settings.dispersion = result.dispersion.value > 0.0 ? result.dispersion.value : 1.0;
  result.counter = cube.counter;
  result.full = full_thresholds(pixels.saturation());

  if (!settings.shared.empty()) {
    result.shared =
        fit_shared(quiet.curves(), *plan.whole, settings.shared, pixel_settings, result.background, progress);
  }
  result.second_share_slope = second_share_slope(quiet.curves(), plan, settings, result.shared, pixel_settings);
  const auto model = held_model(plan.whole, result.shared);
  pixel_settings.start = start_of(scan, settings, *plan.whole, *model, plan.mean_origin());
  const auto fit_sum = [&](const PixelSelection& selected, CurveEnds ends) {
    return fit_chip_counts(summed_curve(cube, selected, settings.baseline, plan.mean_baseline_dac, options.threads),
                           ends, plan, *model, pixel_settings);
  };
  result.asic = as_reference(settings) ? fit_chip_curve(asic_curve(cube, options.group, settings.baseline),
                                                        CurveEnds::all, plan, *model, pixel_settings)
                                       : fit_sum(pixels_to_sum(quiet.curves(), pixels.saturation()), CurveEnds::all);
  CurveFits fits = fit_curves(pixels.curves(), *model, pixel_settings, progress);
  result.thresholds = {cube.threshold, in_use.use(), count_dropped(fits, cube.threshold_count())};
  result.residuals = stack_residuals(pixels.curves(), fits, *model, pixel_settings);
  if (plan.origins) take_off_bias(fits);  // after the residuals, which are those of the minima
  result.pixels = pixel_fits(std::move(fits));
  if (plan.origins) plan.origins->add_to(result.pixels);
  const PixelSelection good = good_pixels(result.pixels, pixels.saturation());
  result.asic_good =
      as_reference(settings)
          ? fit_chip_curve(mean_curve(cube, good, settings.baseline, plan.mean_baseline_dac, options.threads),
                           CurveEnds::trim_zeros, plan, *model, pixel_settings)
          : fit_sum(good, CurveEnds::trim_zeros);
  if (settings.fixed_fit) {
    CurveFit held = result.asic.fit;
    if (plan.origins) plan.origins->take_off(held);
    result.fixed = fit_fixed(pixels.curves(), *model, pixel_settings, held, progress);
  }
  return result;
}

}  // namespace velocal
