// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/asic_curve.hpp"

#include <cmath>
#include <numeric>

#include "velocal/scan/pixel_group.hpp"

namespace velocal {

GroupSums group_pixels(const PixelMask& mask, SeparationPattern pattern) {
  GroupSums pixels{};
  for (std::size_t index = 0; index < pixel_count; ++index) {
    for (const PixelGroup group : pixel_groups) {
      if (contributes(index, mask, group, pattern)) ++pixels[static_cast<std::size_t>(group)];
    }
  }
  return pixels;
}

GroupSums group_hits(const AcquisitionHits& hits, SeparationPattern pattern) {
  GroupSums sums{};
  const auto sum = [&](PixelGroup group) -> std::uint64_t& { return sums[static_cast<std::size_t>(group)]; };
  for (int column = 0; column < pixel_columns; ++column) {
    const std::uint64_t count = hits.column[static_cast<std::size_t>(column)];
    sum(PixelGroup::all) += count;
    sum(in_group(PixelGroup::even, {0, column}, pattern) ? PixelGroup::even : PixelGroup::odd) += count;
    sum(PixelGroup::rows) += hits.column_of_rows[static_cast<std::size_t>(column)];
  }
  return sums;
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
