// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/flux_cube.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "velocal/core/error.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/descriptor/scan_settings.hpp"

namespace velocal {
namespace {

double flux(std::uint32_t hits, double live_time_s) {
  return live_time_s > 0.0 ? hits / live_time_s : undefined;
}

double flux_error(std::uint32_t hits, double live_time_s) {
  return live_time_s > 0.0 ? std::sqrt(static_cast<double>(hits)) / live_time_s : undefined;
}

bool ascend(const std::vector<int>& numbers) {
  return std::ranges::adjacent_find(numbers, std::greater_equal{}) == numbers.end();
}

/// A flux or error of the curve that is neither NaN nor finite and >= 0.
std::optional<double> impossible_flux(const FluxCurve& curve) {
  for (const std::vector<double>* values : {&curve.flux, &curve.error}) {
    for (const double value : *values) {
      if (!std::isnan(value) && !(value >= 0.0 && std::isfinite(value))) return value;
    }
  }
  return {};
}

std::string sizes(std::size_t size, std::string_view what, std::size_t thresholds) {
  return fmt::format("{} {} for {} thresholds", size, what, thresholds);
}

std::string missing_in_curves(const FluxCube& cube) {
  for (const PixelGroup group : pixel_groups) {
    const FluxCurve& curve = cube.asic_curve(group);
    for (const std::size_t size : {curve.threshold.size(), curve.flux.size(), curve.error.size()}) {
      if (size == cube.threshold_count()) continue;
      return sizes(size, fmt::format("points in the ASIC curve of group {}", group_name(group)),
                   cube.threshold_count());
    }
    if (!std::ranges::equal(curve.threshold, cube.threshold)) return "its ASIC curves have other thresholds";
    if (const auto wrong = impossible_flux(curve)) return fmt::format("a flux or error of the ASIC is {}", *wrong);
  }
  return {};
}

void require_pixel(std::size_t pixel) {
  if (pixel < pixel_count) return;
  throw UsageError(fmt::format("there is no pixel {}", pixel), fmt::format("they are 0 to {}", pixel_count - 1),
                   "Take Pixel{row, column}.index()");
}

void require_threshold(const FluxCube& cube, std::size_t index) {
  require_whole(cube);
  if (index < cube.threshold_count()) return;
  throw UsageError(fmt::format("there is no threshold of index {}", index),
                   fmt::format("the flux cube has {} thresholds", cube.threshold_count()),
                   "Give the place of a threshold in FluxCube::threshold");
}

}  // namespace

std::string missing_part(const FluxCube& cube) {
  const std::size_t thresholds = cube.threshold_count();
  const auto other_size = [&](std::string_view what, std::size_t size) { return sizes(size, what, thresholds); };
  if (thresholds == 0) return "it has no thresholds";
  if (!ascend(cube.threshold)) return "its thresholds do not ascend";
  if (cube.threshold.front() < 0 || cube.threshold.back() > largest_threshold) {
    return fmt::format("its thresholds are {} to {}, not within 0 to {} DAC", cube.threshold.front(),
                       cube.threshold.back(), largest_threshold);
  }
  if (cube.counts.size() != thresholds * pixel_count) return other_size("counts", cube.counts.size());
  if (cube.live_time_s.size() != thresholds) return other_size("live times", cube.live_time_s.size());
  if (cube.acquisitions.size() != thresholds) return other_size("tallies of acquisitions", cube.acquisitions.size());
  for (const double live_time_s : cube.live_time_s) {
    if (!std::isfinite(live_time_s) || live_time_s < 0.0) return fmt::format("a live time is {} s", live_time_s);
  }
  if (!cube.mask.is_whole()) return "its mask has been moved from";
  if (std::ranges::any_of(cube.mask, [](std::uint8_t masked) { return masked > 1; })) return "its mask is not 0 and 1";
  if (const std::string missing = missing_in_curves(cube); !missing.empty()) return missing;
  return cube.baseline ? problem_of(*cube.baseline) : "";
}

const FluxCurve& FluxCube::asic_curve(PixelGroup group) const {
  require_known(group);
  return asic[static_cast<std::size_t>(group)];
}

void require_whole(const FluxCube& cube) {
  to_string(cube.separation);  // throws when there is no such pattern
  const std::string missing = missing_part(cube);
  if (missing.empty()) return;
  throw UsageError("the flux cube is not whole", missing, "Make it with velocal::FluxAccumulator");
}

FluxCurve pixel_flux(const FluxCube& cube, std::size_t pixel) {
  require_whole(cube);
  require_pixel(pixel);
  FluxCurve curve;
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    const std::uint32_t hits = cube.counts_at(t)[pixel];
    curve.threshold.push_back(cube.threshold[t]);
    curve.flux.push_back(flux(hits, cube.live_time_s[t]));
    curve.error.push_back(flux_error(hits, cube.live_time_s[t]));
  }
  return curve;
}

PixelMatrix<double> flux_at(const FluxCube& cube, std::size_t threshold_index) {
  require_threshold(cube, threshold_index);
  PixelMatrix<double> matrix;
  const auto counts = cube.counts_at(threshold_index);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    matrix[pixel] = flux(counts[pixel], cube.live_time_s[threshold_index]);
  }
  return matrix;
}

TotalFlux total_flux(const FluxCube& cube) {
  require_whole(cube);
  TotalFlux total;
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    const double live_time_s = cube.live_time_s[t];
    if (live_time_s <= 0.0) continue;
    const auto counts = cube.counts_at(t);
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      total.value[pixel] += counts[pixel] / live_time_s;
      total.error[pixel] += counts[pixel] / (live_time_s * live_time_s);
    }
  }
  for (double& variance : total.error) variance = std::sqrt(variance);
  return total;
}

}  // namespace velocal
