// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/descriptor/fit_settings.hpp"

namespace velocal {

/// Pixels that are looked at apart (docs/physics.md, "Flux").
enum class PixelGroup { all, even, odd, rows };

inline constexpr std::array<PixelGroup, 4> pixel_groups{PixelGroup::all, PixelGroup::even, PixelGroup::odd,
                                                        PixelGroup::rows};

inline constexpr int group_rows = 16;  ///< number of rows of PixelGroup::rows

/// Throws UsageError unless it is one of the four.
void require_known(PixelGroup group);

/// "all", "even", "odd", "rows": the name of its folder and of its curve in flux.h5. Throws as require_known() does.
std::string_view group_name(PixelGroup group);

/// `rows` are 15, 31, ..., 255. By `pattern`, even and odd are columns 0,2,4,... and 1,3,5,..., or the pairs
/// 0,1,4,5,... and 2,3,6,7,.... Throws as require_known() does.
constexpr bool in_group(PixelGroup group, Pixel pixel, SeparationPattern pattern) {
  const int column = pattern == SeparationPattern::columns ? pixel.column : pixel.column / 2;
  switch (group) {
    case PixelGroup::all: return true;
    case PixelGroup::even: return column % 2 == 0;
    case PixelGroup::odd: return column % 2 == 1;
    case PixelGroup::rows: return pixel.row % (pixel_rows / group_rows) == pixel_rows / group_rows - 1;
  }
  require_known(group);
  return false;
}

/// Whether the pixel takes part in what is said of a group: it is not masked, and it is in the group.
inline bool contributes(std::size_t pixel, const PixelMask& mask, PixelGroup group, SeparationPattern pattern) {
  return mask[pixel] == 0 && in_group(group, Pixel::at(pixel), pattern);
}

}  // namespace velocal
