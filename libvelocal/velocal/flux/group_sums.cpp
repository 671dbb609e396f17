// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/group_sums.hpp"

#include <vector>

#include "velocal/core/sample.hpp"
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

Uncertain group_flux(std::span<const std::uint64_t> hits, double shutter_s, std::uint64_t pixels) {
  if (pixels == 0) return {};
  const Moments of_hits = moments(std::vector<double>(hits.begin(), hits.end()));
  const double scale = 1.0 / (shutter_s * static_cast<double>(pixels));
  return {of_hits.mean * scale, of_hits.standard_deviation * scale};
}

}  // namespace velocal
