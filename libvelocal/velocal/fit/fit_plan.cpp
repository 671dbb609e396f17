// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/fit_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/fit/asic_fit.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/problem/start_values.hpp"

namespace velocal {
namespace {

/// Throws where the model counts from the baseline and there is none.
void require_baseline(const FluxCube& cube, const PixelSelection& pixels, const FluxModel& model,
                      const PhotonSource& source) {
  const auto has_one = [&](std::size_t pixel) { return pixels[pixel] != 0 && cube.baseline->found(pixel); };
  for (std::size_t pixel = 0; cube.baseline && pixel < pixels.size(); ++pixel) {
    if (has_one(pixel)) return;
  }
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

}  // namespace

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

std::vector<double> start_of(const FitPlan& plan, const ScanSettings& scan, const FitSettings& settings,
                             const FluxModel& free) {
  if (settings.start == StartValues::automatic) return {};
  const std::vector<double> all =
      start_values(settings.baseline == BaselineMode::after ? scan.initial : scan.initial_baseline, *plan.whole);
  std::vector<double> start;
  for (const ModelParameter& parameter : free.parameters()) {
    start.push_back(all[plan.whole->index_of(parameter.name)] -
                    (parameter.name == quantity::line ? plan.mean_origin() : 0.0));
  }
  return start;
}

}  // namespace velocal
