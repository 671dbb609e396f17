// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/chip_curves.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "velocal/core/error.hpp"
#include "velocal/fit/asic_fit.hpp"
#include "velocal/fit/line_origins.hpp"

namespace velocal {

StatusReason reason_to_skip(const FluxCube& cube, PixelGroup group, BaselineMode mode, std::size_t pixel) {
  if (cube.mask[pixel] != 0) return StatusReason::masked;
  if (!contributes(pixel, cube.mask, group, cube.separation)) return StatusReason::outside_group;
  if (mode != BaselineMode::after && !cube.baseline->found(pixel)) return StatusReason::no_baseline;
  return StatusReason::none;
}

void require_consistent(const FluxCube& cube, const FitSettings& settings) {
  require_valid(settings);
  require_whole(cube);
  const bool needs_baseline = settings.baseline != BaselineMode::after;
  if (needs_baseline && !cube.baseline) {
    throw InputError("the fit needs the noise baseline, and the flux has none",
                     fmt::format("baseline: {}", to_string(settings.baseline)),
                     "Name the scan's baseline folder in the descriptor, and make the flux anew", Remedy::make_flux);
  }
  if (cube.separation != settings.separation) {
    throw InputError("the groups of the flux follow another pattern than the fit's",
                     fmt::format("separation: {} in the flux, {} in the settings", to_string(cube.separation),
                                 to_string(settings.separation)),
                     "Set separation as it was, or make the flux anew", Remedy::make_flux);
  }
}

ChipCurves::ChipCurves(const FluxCube& cube, PixelGroup group, BaselineMode mode, bool above_baseline)
    : saturation_(cube), threshold_(cube.threshold.begin(), cube.threshold.end()) {
  std::optional<LineOrigins> origins;
  if (above_baseline) origins.emplace(*cube.baseline, asic_pixels(cube, group, mode), mode);
  const CountsView counts = counts_by_threshold(cube.counts, cube.threshold_count());
  for (std::size_t pixel = 0; pixel < counts.curves; ++pixel) {
    skipped_.push_back(reason_to_skip(cube, group, mode, pixel));
    if (skipped_.back() == StatusReason::none && saturation_.cut(pixel)) skipped_.back() = StatusReason::saturated;
    const double shift = skipped_.back() == StatusReason::none ? baseline_shift(cube, mode, pixel) : 0.0;
    origin_.push_back(shift + (origins ? origins->of_pixel(pixel) : 0.0));
  }
  if (saturation_.any()) live_time_s_ = saturation_.live_times();
  const std::span<const double> live_time_s = live_time_s_.empty() ? cube.live_time_s : live_time_s_;
  curves_ = {threshold_, counts, live_time_s, origin_, skipped_};
}

double baseline_shift(const NoiseBaseline& baseline, BaselineMode mode, std::size_t pixel) {
  switch (mode) {
    case BaselineMode::after: return 0.0;
    case BaselineMode::before: return baseline.mean[pixel];
    case BaselineMode::aligned: return std::trunc(baseline.mean[pixel]);
  }
  return 0.0;
}

double baseline_shift(const FluxCube& cube, BaselineMode mode, std::size_t pixel) {
  return mode == BaselineMode::after ? 0.0 : baseline_shift(*cube.baseline, mode, pixel);
}

}  // namespace velocal
