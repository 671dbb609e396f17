// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/asic_curve.hpp"

#include <cmath>
#include <numeric>

#include "velocal/scan/pixel_group.hpp"

namespace velocal {
namespace {

template <class PerPixel>
GroupSums sum_by_group(const PixelMask& mask, SeparationPattern pattern, const PerPixel& value) {
  GroupSums sums{};
  for (std::size_t index = 0; index < pixel_count; ++index) {
    if (mask[index] != 0) continue;
    for (const PixelGroup group : pixel_groups) {
      if (in_group(group, Pixel::at(index), pattern)) sums[static_cast<std::size_t>(group)] += value(index);
    }
  }
  return sums;
}

}  // namespace

GroupSums contributing_pixels(const PixelMask& mask, SeparationPattern pattern) {
  return sum_by_group(mask, pattern, [](std::size_t) { return std::uint64_t{1}; });
}

GroupSums group_hits(const PixelCounts& counts, const PixelMask& mask, SeparationPattern pattern) {
  return sum_by_group(mask, pattern, [&](std::size_t index) { return std::uint64_t{counts[index]}; });
}

Uncertain asic_flux(std::span<const std::uint64_t> hits, double shutter_s, std::uint64_t pixels) {
  if (hits.empty() || pixels == 0) return {};
  const auto count = static_cast<double>(hits.size());
  const double mean = static_cast<double>(std::accumulate(hits.begin(), hits.end(), std::uint64_t{0})) / count;
  double squares = 0.0;
  for (const std::uint64_t h : hits) squares += (static_cast<double>(h) - mean) * (static_cast<double>(h) - mean);
  const double scale = 1.0 / (shutter_s * static_cast<double>(pixels));
  return {mean * scale, std::sqrt(squares / count) * scale};
}

}  // namespace velocal
