// SPDX-License-Identifier: GPL-3.0-or-later
#include "physical_fit.hpp"

#include <fmt/format.h>

#include <cmath>

#include "velocal/fit/asic_fit.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/curves/background.hpp"
#include "velocal/fit/line_origins.hpp"
#include "velocal/model/photon_source.hpp"

namespace velocal::test {
namespace {

FitSettings settings_of(const std::string& model) {
  FitSettings settings = poisson_settings();
  settings.model = model;
  if (model == "diffusion") settings.shared = {"sigma"};
  return settings;
}

/// The physical curve with a width of the cloud that is not fitted.
ScanFit with_cloud(const FluxCube& cube, const ScanSettings& scan, double sigma_um) {
  ScanFit fit;
  fit.settings = settings_of("diffusion");
  fit.source = photon_source(scan.source, scan.sensor);
  SharedParameter& held = fit.shared.emplace_back();
  held.name = "sigma";
  held.value = {sigma_um, 0.0};
  fit.baseline = cube.baseline;
  const BaselineMode mode = fit.settings.baseline;
  const ChipCurves curves(cube, PixelGroup::all, mode, true);
  fit.pixels = pixel_fits(fit_curves(curves.curves(), *model_of(fit), {}));
  LineOrigins(*cube.baseline, asic_pixels(cube, PixelGroup::all, mode), mode).add_to(fit.pixels);
  return fit;
}

PhysicalFit judge(const Seen& seen, const ScanFit& fit) {
  const Population& truth = seen.chip.truth();
  PhysicalFit result{seen.chip.settings(), seen.live_time_s, fit.settings.model, quality_of(fit, truth)};
  if (!fit.shared.empty()) result.sigma = fit.shared.front();
  result.residual_significance = std::abs(summarise(fit.residuals).significance);
  const ScanSettings scan = physical_scan(seen.chip.settings());
  const double pairs = fit.source.pairs().value / photon_source(scan.source, scan.sensor).pairs().value;
  const UncertainMatrix target = target_matrix(fit);
  for (std::size_t pixel = 0; pixel < truth.size(); ++pixel) {
    if (!fit.pixels.good(pixel)) continue;
    result.gain_shift.add(100.0 * (pairs * truth.target[pixel] / target.value[pixel] - 1.0));
  }
  return result;
}

}  // namespace

double PhysicalFit::shift_error() const {
  const Sample& shift = quality.target_shift;
  const double common = sigma ? sigma->line_slope * sigma->value.error : 0.0;
  return std::hypot(shift.deviation() / std::sqrt(shift.size()), common);
}

double PhysicalFit::gain_error() const {
  constexpr double mean_target = 124.0;
  return 100.0 * shift_error() / mean_target;
}

double PhysicalFit::sigma_pull() const {
  return (sigma->value.value - truth.sigma_um) / sigma->value.error;
}

std::string PhysicalFit::sigma_text() const {
  return sigma ? fmt::format("{:.3f} ± {:.3f}", sigma->value.value, sigma->value.error) : "-";
}

const Pulls& PhysicalFit::target_pulls() const {
  static const Pulls none;
  const auto found = quality.pulls.find("target");
  return found == quality.pulls.end() ? none : found->second;
}

Seen seen(const PhysicalChip& chip, double live_time_s, int first) {
  return {chip, live_time_s, chip.scan(live_time_s, first)};
}

PhysicalFit fit_as(const Seen& seen, const std::string& model, const ScanSettings& scan) {
  return judge(seen, fit_scan(seen.cube, scan, settings_of(model)));
}

PhysicalFit fit_rightly(const Seen& seen, const std::string& model) {
  return fit_as(seen, model, physical_scan(seen.chip.settings()));
}

PhysicalFit fit_with_cloud(const Seen& seen, double sigma_um) {
  return judge(seen, with_cloud(seen.cube, physical_scan(seen.chip.settings()), sigma_um));
}

}  // namespace velocal::test
