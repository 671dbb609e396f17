// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/scan_maps.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "shell/signals.hpp"
#include "velocal/core/parallel_for.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/line_origins.hpp"
#include "velocal/fit/rejected_fit.hpp"

namespace velocal {
namespace {

Json map_json(std::string_view name, std::string_view title, std::string_view unit, Json value, Json error = nullptr) {
  return {{"name", name}, {"title", title}, {"unit", unit}, {"value", std::move(value)}, {"error", std::move(error)}};
}

void add_calibration(Json& maps, const Calibration& calibration, ReportArrays& arrays) {
  const UncertainMatrix &gain = calibration.gain, &target = calibration.target;
  maps.push_back(map_json(quantity::gain, "Gain K", "e⁻/DAC", arrays.add(gain.value), arrays.keep_errors(gain.error)));
  maps.push_back(
      map_json(quantity::target, "Target", "DAC", arrays.add(target.value), arrays.keep_errors(target.error)));
}

std::vector<double> chi2_per_ndf(const PixelFits& pixels) {
  std::vector<double> ratio(pixel_count, undefined);
  for (std::size_t i = 0; i < pixel_count; ++i) {
    if (pixels.ndf[i] > 0) ratio[i] = pixels.chi2[i] / pixels.ndf[i];
  }
  return ratio;
}

template <class T>
bool any(const PixelMatrix<T>& values) {
  return std::ranges::any_of(values, [](T value) { return value != 0; });
}

void add_fits(Json& maps, const ScanFit& fit, ReportArrays& arrays) {
  for (const ParameterMap& map : fit.pixels.parameters) {
    Json entry = map_json(map.name, map.name == quantity::line ? "Line E0" : "Parameter " + map.name, map.unit,
                          arrays.add(map.value), arrays.keep_errors(map.error));
    if (map.error_low) entry["error_low"] = arrays.keep_errors(*map.error_low);
    if (map.error_high) entry["error_high"] = arrays.keep_errors(*map.error_high);
    maps.push_back(entry);
  }
  maps.push_back(map_json(quantity::chi2_ndf, "χ²/ndf", "", arrays.keep(chi2_per_ndf(fit.pixels))));
  if (any(fit.pixels.dropped)) {
    maps.push_back(map_json("dropped", "Outliers left out", "thresholds", arrays.add(fit.pixels.dropped)));
  }
  if (any(fit.full)) maps.push_back(map_json("saturated", "Full counter", "thresholds", arrays.add(fit.full)));
}

/// Pixels from few hits to many. Those that follow each other have like counts, which take less room so.
std::vector<std::uint32_t> order_by_hits(const FluxCube& flux) {
  std::vector<std::uint64_t> hits(pixel_count);
  for (std::size_t t = 0; t < flux.threshold_count(); ++t) {
    std::ranges::transform(hits, flux.counts_at(t), hits.begin(), std::plus());
  }
  std::vector<std::uint32_t> order(pixel_count);
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t pixel) { return hits[pixel]; });
  return order;
}

void add_counts(Json& json, const FluxCube& flux, ReportArrays& arrays) {
  const std::vector<std::uint32_t> order = order_by_hits(flux);
  json["counts"] = Json::array();
  for (std::size_t t = 0; t < flux.threshold_count(); ++t) {
    std::vector<std::uint32_t> counts(pixel_count);
    std::ranges::transform(order, counts.begin(), [&](std::uint32_t pixel) { return flux.counts_at(t)[pixel]; });
    json["counts"].push_back(arrays.keep(std::move(counts)));
  }
  json["counts_order"] = arrays.keep(order);
}

void add_flux(Json& json, const FluxCube& flux, ReportArrays& arrays) {
  TotalFlux total = total_flux(flux);
  std::vector<double> value(total.value.begin(), total.value.end());
  std::vector<double> error(total.error.begin(), total.error.end());
  for (std::size_t i = 0; i < pixel_count; ++i) {
    if (flux.mask[i] != 0) value[i] = error[i] = undefined;
  }
  json["maps"].push_back(map_json(quantity::flux, "Flux, all thresholds", "hits/s", arrays.keep(std::move(value)),
                                  arrays.keep_errors(std::move(error))));
  json["mask"] = arrays.add(flux.mask);
  add_counts(json, flux, arrays);
}

void add_baseline(Json& json, const NoiseBaseline& baseline, ReportArrays& arrays) {
  std::vector<double> mean(baseline.mean.begin(), baseline.mean.end());
  std::vector<double> error(baseline.error.begin(), baseline.error.end());
  for (std::size_t i = 0; i < pixel_count; ++i) {
    if (!baseline.found(i)) mean[i] = error[i] = undefined;
  }
  json["maps"].push_back(map_json("baseline", "Noise baseline", "DAC", arrays.keep(std::move(mean)),
                                  arrays.keep_errors(std::move(error))));
}

/// Fits that were made and rejected, made again: their pixels, and the parameters of each.
Json rejected_json(const FluxCube& flux, const ScanFit& fit, ReportArrays& arrays, int threads) try {
  std::vector<std::uint32_t> bad;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    if (fit.pixels.status_of(i) == PixelStatus::bad) bad.push_back(static_cast<std::uint32_t>(i));
  }
  const RejectedFits fits(flux, fit);
  std::vector<std::vector<double>> found(bad.size());
  parallel_for(bad.size(), threads, [&](std::size_t i, int) {
    throw_if_interrupted();
    found[i] = fits.of_pixel(bad[i]);
  });
  std::vector<std::uint32_t> pixels;
  std::vector<double> parameters;
  for (std::size_t i = 0; i < bad.size(); ++i) {
    if (found[i].empty()) continue;
    pixels.push_back(bad[i]);
    std::ranges::copy(found[i], std::back_inserter(parameters));
  }
  return {{"pixels", arrays.keep(std::move(pixels))}, {"parameters", arrays.keep(std::move(parameters))}};
} catch (const Error&) {
  return nullptr;  // the flux is no longer what the fit was made of
}

void add_origins(Json& json, const ScanFit& fit, ReportArrays& arrays) {
  const auto model = model_of(fit);
  const auto origins = origins_of(fit, *model);
  json["origin"] = nullptr;
  if (!origins) return;
  std::vector<double> origin(pixel_count);
  for (std::size_t i = 0; i < pixel_count; ++i) origin[i] = origins->of_pixel(i);
  json["origin"] = arrays.keep(std::move(origin));
  json["origin_mean"] = origins->mean();
}

}  // namespace

Json pixels_json(const ReportedScan& scan, ReportArrays& arrays, int threads) {
  Json json{{"maps", Json::array()}};
  if (scan.calibration) add_calibration(json["maps"], *scan.calibration, arrays);
  if (scan.fit) {
    json["status"] = arrays.add(scan.fit->pixels.status);
    json["reason"] = arrays.add(scan.fit->pixels.reason);
    add_fits(json["maps"], *scan.fit, arrays);
    add_origins(json, *scan.fit, arrays);
    if (scan.flux) json["rejected"] = rejected_json(*scan.flux, *scan.fit, arrays, threads);
  }
  if (scan.flux) add_flux(json, *scan.flux, arrays);
  const auto* baseline = scan.flux && scan.flux->baseline ? &*scan.flux->baseline
                         : scan.fit && scan.fit->baseline ? &*scan.fit->baseline
                                                          : nullptr;
  if (baseline != nullptr) add_baseline(json, *baseline, arrays);
  return json;
}

}  // namespace velocal
