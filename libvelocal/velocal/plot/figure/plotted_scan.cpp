// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/figure/plotted_scan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "velocal/core/error.hpp"
#include "velocal/core/near_miss.hpp"
#include "velocal/core/quantity.hpp"

namespace velocal {
namespace {

PixelQuantity parameter_quantity(const ScanFit& fit, const ParameterMap& map) {
  return {map.name,
          map.name,
          map.unit,
          "good pixels",
          map.value,
          map.error,
          fit.asic.fit.parameter(map.name),
          fit.asic_good.fit.parameter(map.name)};
}

double reduced(const CurveFit& fit) {
  return fit.found && fit.ndf > 0 ? fit.chi2 / fit.ndf : undefined;
}

PixelQuantity reduced_chi2(const ScanFit& fit) {
  PixelQuantity quantity{
      .name = std::string(quantity::chi2_ndf), .symbol = "χ²/ndf", .unit = "", .pixels = "good and bad pixels"};
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const int ndf = fit.pixels.ndf[pixel];
    if (ndf > 0) quantity.value[pixel] = fit.pixels.chi2[pixel] / ndf;
  }
  quantity.asic.value = reduced(fit.asic.fit);
  quantity.asic_good.value = reduced(fit.asic_good.fit);
  return quantity;
}

PixelQuantity flux_quantity(const FluxCube& cube, PixelGroup group) {
  PixelQuantity quantity{
      .name = std::string(quantity::flux), .symbol = "Total flux", .unit = "hits/s", .pixels = "live pixels"};
  TotalFlux total = total_flux(cube);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (!contributes(pixel, cube.mask, group, cube.separation)) continue;
    quantity.value[pixel] = total.value[pixel];
    quantity.error[pixel] = total.error[pixel];
  }
  return quantity;
}

PixelQuantity calibrated(std::string_view name, std::string symbol, std::string unit, const UncertainMatrix& matrix,
                         Uncertain asic, Uncertain asic_good) {
  return {std::string(name), std::move(symbol), std::move(unit), "good pixels", matrix.value, matrix.error, asic,
          asic_good};
}

}  // namespace

Uncertain PixelQuantity::of(const DiscrepancyReference& reference) const {
  if (const double* number = std::get_if<double>(&reference)) return {*number, 0.0};
  return std::get<AsicReference>(reference) == AsicReference::asic ? asic : asic_good;
}

std::vector<std::string> quantity_names(const PlottedScan& scan) {
  std::vector<std::string> names;
  if (scan.fit != nullptr) {
    for (const ParameterMap& map : scan.fit->pixels.parameters) names.push_back(map.name);
    names.emplace_back(quantity::chi2_ndf);
  }
  if (scan.calibration != nullptr) {
    names.emplace_back(quantity::target);
    names.emplace_back(quantity::gain);
  }
  if (scan.flux != nullptr) names.emplace_back(quantity::flux);
  return names;
}

PixelQuantity find_quantity(const PlottedScan& scan, std::string_view name) {
  const std::vector<std::string> names = quantity_names(scan);
  if (std::ranges::count(names, name) == 0) {
    const std::vector<std::string_view> words(names.begin(), names.end());
    const std::string model = scan.fit == nullptr ? "" : fmt::format(", model {},", scan.fit->settings.model);
    throw UsageError(fmt::format("{}{} has no parameter \"{}\"", scan.title, model, name),
                     fmt::format("there are {}", fmt::join(names, ", ")), did_you_mean(name, words));
  }
  if (name == quantity::flux) return flux_quantity(*scan.flux, scan.group);
  if (name == quantity::chi2_ndf) return reduced_chi2(*scan.fit);
  const Calibration* found = scan.calibration;
  if (name == quantity::target) {
    return calibrated(name, "Target", "DAC", found->target, found->asic.target, found->asic_good.target);
  }
  if (name == quantity::gain) {
    return calibrated(name, "K", "e-/DAC", found->gain, found->asic.gain, found->asic_good.gain);
  }
  return parameter_quantity(*scan.fit, *scan.fit->pixels.find(name));
}

}  // namespace velocal
