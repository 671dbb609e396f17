// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/fitted_curve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "velocal/core/error.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/line_origins.hpp"
#include "velocal/fit/problem/neyman.hpp"
#include "velocal/fit/problem/statistic.hpp"
#include "velocal/fit/rejected_fit.hpp"
#include "velocal/plot/figure/style.hpp"

namespace velocal {
namespace {

constexpr double highest_mean_of_no_hit = 1.841;  ///< ln(1/0.1587): see fitted_pixel()
constexpr int line_points = 600;

std::string pixel_name(Pixel pixel) {
  return fmt::format("row {}, column {}", pixel.row, pixel.column);
}

/// Drops the points without flux.
FluxCurve defined_points(const FluxCurve& curve) {
  FluxCurve defined;
  for (std::size_t i = 0; i < curve.threshold.size(); ++i) {
    if (!std::isfinite(curve.flux[i])) continue;
    defined.threshold.push_back(curve.threshold[i]);
    defined.flux.push_back(curve.flux[i]);
    defined.error.push_back(std::isfinite(curve.error[i]) ? curve.error[i] : 0.0);
  }
  return defined;
}

/// The fit at the data's thresholds and finely between them.
/// `pixel`: empty for the chip.
void add_fit(FittedCurve& curve, const ScanFit& fit, const std::vector<double>& parameters, double background,
             std::optional<std::size_t> pixel) {
  const auto model = model_of(fit);
  const auto origins = origins_of(fit, *model);
  const double origin = !origins ? 0.0 : pixel ? origins->of_pixel(*pixel) : origins->mean();
  const auto flux_at = [&](const std::vector<double>& threshold) {
    std::vector<double> flux(threshold.size());
    flux_of_fit(*model, parameters, origin, threshold, flux);
    for (double& value : flux) value += background;
    return flux;
  };
  if (curve.data.threshold.empty()) return;
  curve.fitted = flux_at(curve.data.threshold);
  const double from = curve.data.threshold.front(), to = curve.data.threshold.back();
  for (int i = 0; i <= line_points; ++i) curve.line.x.push_back(from + (to - from) * i / line_points);
  curve.line.y = flux_at(curve.line.x);
}

void add_parameter_text(FittedCurve& curve, const std::string& name, Uncertain value, const std::string& unit) {
  curve.fit_text.push_back(fmt::format("{} = {}", name, style::measured(value, unit)));
}

void add_chi2_text(FittedCurve& curve, double chi2, int ndf) {
  curve.fit_text.push_back(fmt::format("χ²/ndf = {:.1f}/{}", chi2, ndf));
}

/// The fit that was made and rejected, dashed; else why there is none.
void add_failed_fit(FittedCurve& curve, const ScanFit& fit, const FluxCube& flux, std::size_t pixel) {
  static constexpr std::array<std::string_view, 4> names{"cut", "not found", "bad", "good"};
  const PixelFits& fits = fit.pixels;
  const std::string_view reason = status_reason_names[fits.reason[pixel]];
  const std::vector<double> parameters = rejected_fit(flux, fit, pixel);
  if (parameters.empty()) {
    const auto status = static_cast<std::size_t>(fits.status[pixel] + 2);
    curve.fit_text = {fmt::format("no fit: {}", names[status]), std::string(reason)};
    return;
  }
  curve.fit_text = {fmt::format("rejected: {}", reason)};
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    add_parameter_text(curve, fits.parameters[k].name, {parameters[k], undefined}, fits.parameters[k].unit);
  }
  add_chi2_text(curve, fits.chi2[pixel], fits.ndf[pixel]);
  add_fit(curve, fit, parameters, fit.background, pixel);
  curve.line.stroke.dash = Dash::dashed;
}

void add_pixel_fit(FittedCurve& curve, const ScanFit& fit, const FluxCube& flux, std::size_t pixel) {
  const PixelFits& fits = fit.pixels;
  if (!fits.good(pixel)) {
    add_failed_fit(curve, fit, flux, pixel);
    return;
  }
  std::vector<double> parameters;
  for (const ParameterMap& map : fits.parameters) {
    parameters.push_back(map.value[pixel]);
    add_parameter_text(curve, map.name, {map.value[pixel], map.error[pixel]}, map.unit);
  }
  add_chi2_text(curve, fits.chi2[pixel], fits.ndf[pixel]);
  add_fit(curve, fit, parameters, fit.background, pixel);
}

/// What the errors of a curve of the chip are.
std::string asic_bars(const FitSettings& settings, bool good_pixels_only) {
  const bool of_means = settings.statistic == Neyman::name && settings.covariance == Covariance::scaled;
  if (!of_means) return "bars √N/L";
  return good_pixels_only ? "bars: standard error" : "bars: spread of acquisitions";
}

/// Says which pixel can be drawn instead.
std::string nearest_live_pixel(const PlottedScan& scan, Pixel wanted) {
  double nearest = std::numeric_limits<double>::infinity();
  std::string text = "No pixel is live";
  for (std::size_t index = 0; index < pixel_count; ++index) {
    const Pixel pixel = Pixel::at(index);
    if (!contributes(index, scan.flux->mask, scan.group, scan.flux->separation)) continue;
    const double distance = std::hypot(pixel.row - wanted.row, pixel.column - wanted.column);
    if (distance >= nearest) continue;
    nearest = distance;
    text = fmt::format("The nearest live pixel is {},{}", pixel.row, pixel.column);
  }
  return text;
}

void require_live(const PlottedScan& scan, Pixel pixel) {
  const auto refuse = [&](std::string_view why) {
    throw InputError(fmt::format("{} has no flux of pixel {},{}", scan.title, pixel.row, pixel.column), why,
                     nearest_live_pixel(scan, pixel));
  };
  if (scan.flux->mask[pixel.index()] != 0) refuse("it is masked");
  if (!in_group(scan.group, pixel, scan.flux->separation)) {
    refuse(fmt::format("it is not in the group {}", group_name(scan.group)));
  }
}

}  // namespace

FittedCurve fitted_pixel(const PlottedScan& scan, Pixel pixel) {
  require_live(scan, pixel);
  const FluxCube& cube = *scan.flux;
  const BaselineMode mode = scan.fit->settings.baseline;
  const std::size_t index = pixel.index();
  if (mode != BaselineMode::after && !(cube.baseline && cube.baseline->found(index))) {
    throw InputError(fmt::format("pixel {},{} of {} has no baseline", pixel.row, pixel.column, scan.title),
                     fmt::format("its fit takes it off: baseline {}", to_string(mode)), "Ask for another pixel");
  }
  FittedCurve curve;
  curve.name = pixel_name(pixel);
  curve.data = pixel_flux(cube, index);
  for (double& threshold : curve.data.threshold) threshold -= baseline_shift(cube, mode, index);
  curve.data = defined_points(curve.data);
  add_pixel_fit(curve, *scan.fit, cube, index);

  std::vector<double> live_time = cube.live_time_s;
  std::erase(live_time, 0.0);
  const Statistic& statistic = StatisticRegistry::instance().get(scan.fit->settings.statistic);
  bool without_hits = false;
  for (std::size_t i = 0; i < curve.data.flux.size(); ++i) {
    const bool empty = curve.data.flux[i] == 0.0;
    const double error = curve.data.error[i];
    without_hits = without_hits || empty;
    curve.low.push_back(empty ? 0.0 : curve.data.flux[i] - error);
    curve.high.push_back(empty ? highest_mean_of_no_hit / live_time[i] : curve.data.flux[i] + error);
    const double counts = std::round(curve.data.flux[i] * live_time[i]);
    curve.sigma.push_back(
        statistic.flux_error(counts, live_time[i], curve.fitted.empty() ? undefined : curve.fitted[i]));
  }
  curve.bars = without_hits ? "bars √N/L; no hits: < 1.84/L" : "bars √N/L";
  return curve;
}

FittedCurve fitted_asic(const ScanFit& fit, bool good_pixels_only) {
  const AsicFit& asic = good_pixels_only ? fit.asic_good : fit.asic;
  FittedCurve curve;
  curve.name = good_pixels_only ? "mean of the good pixels" : "ASIC";
  curve.data = defined_points(asic.curve);
  for (std::size_t i = 0; i < curve.data.flux.size(); ++i) {
    const double error = curve.data.error[i];
    curve.low.push_back(curve.data.flux[i] - error);
    curve.high.push_back(curve.data.flux[i] + error);
    curve.sigma.push_back(error > 0.0 ? error : undefined);
  }
  const bool weighted = std::ranges::any_of(curve.data.error, [](double error) { return error > 0.0; });
  curve.bars = weighted ? asic_bars(fit.settings, good_pixels_only) : "no errors known";
  if (!asic.fit.found) {
    curve.fit_text = {"no fit found"};
    return curve;
  }
  std::vector<double> parameters;
  for (std::size_t k = 0; k < asic.fit.parameters.size(); ++k) {
    parameters.push_back(asic.fit.parameters[k].value);
    add_parameter_text(curve, asic.fit.names[k], asic.fit.parameters[k], asic.fit.units[k]);
  }
  if (weighted) {
    add_chi2_text(curve, asic.fit.chi2, asic.fit.ndf);
  } else {  // least squares: the minimum is in the square of the flux's unit
    curve.fit_text.push_back(fmt::format("rms residual {:.2g} hits/s", std::sqrt(asic.fit.chi2 / asic.fit.ndf)));
  }
  add_fit(curve, fit, parameters, 0.0, std::nullopt);
  return curve;
}

}  // namespace velocal
