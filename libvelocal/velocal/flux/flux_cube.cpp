// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/flux_cube.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "velocal/core/error.hpp"
#include "velocal/core/uncertain.hpp"

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

/// What keeps a cube from being whole; empty when nothing does.
std::string missing_part(const FluxCube& cube) {
  const std::size_t thresholds = cube.threshold_count();
  const auto other_size = [&](std::string_view what, std::size_t size) {
    return fmt::format("{} {} for {} thresholds", size, what, thresholds);
  };
  if (thresholds == 0) return "it has no thresholds";
  if (!ascend(cube.threshold)) return "its thresholds do not ascend";
  if (cube.counts.size() != thresholds * pixel_count) return other_size("counts", cube.counts.size());
  if (cube.live_time_s.size() != thresholds) return other_size("live times", cube.live_time_s.size());
  if (cube.acquisitions.size() != thresholds) return other_size("tallies of acquisitions", cube.acquisitions.size());
  for (const double live_time_s : cube.live_time_s) {
    if (!std::isfinite(live_time_s) || live_time_s < 0.0) return fmt::format("a live time is {} s", live_time_s);
  }
  if (std::ranges::any_of(cube.mask, [](std::uint8_t masked) { return masked > 1; })) return "its mask is not 0 and 1";
  for (const PixelGroup group : pixel_groups) {
    const FluxCurve& curve = cube.asic_curve(group);
    for (const std::size_t size : {curve.threshold.size(), curve.flux.size(), curve.error.size()}) {
      if (size == thresholds) continue;
      return other_size(fmt::format("points in the ASIC curve of group {}", group_name(group)), size);
    }
    if (!std::ranges::equal(curve.threshold, cube.threshold)) return "its ASIC curves have other thresholds";
  }
  return {};
}

}  // namespace

void require_whole(const FluxCube& cube) {
  const std::string missing = missing_part(cube);
  if (missing.empty()) return;
  throw UsageError("the flux cube is not whole", missing, "Make it with velocal::FluxAccumulator");
}

FluxCurve pixel_flux(const FluxCube& cube, std::size_t pixel) {
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
  PixelMatrix<double> matrix;
  const auto counts = cube.counts_at(threshold_index);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    matrix[pixel] = flux(counts[pixel], cube.live_time_s[threshold_index]);
  }
  return matrix;
}

TotalFlux total_flux(const FluxCube& cube) {
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
