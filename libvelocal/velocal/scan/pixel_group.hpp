// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/descriptor/fit_settings.hpp"

namespace velocal {

/// Which pixels are looked at apart (docs/physics.md, "Groups of pixels").
enum class PixelGroup { all, even, odd, rows };

inline constexpr std::array<PixelGroup, 4> pixel_groups{PixelGroup::all, PixelGroup::even, PixelGroup::odd,
                                                        PixelGroup::rows};

/// "all", "even", "odd", "rows": the name of its folder and of its curve in flux.h5.
std::string_view group_name(PixelGroup group);

/// `rows` are 15, 31, ..., 255; even and odd columns by `pattern`: 0,2,4... and 1,3,5..., or in
/// pairs 0,1,4,5,... and 2,3,6,7,....
constexpr bool in_group(PixelGroup group, Pixel pixel, SeparationPattern pattern) {
  const int column = pattern == SeparationPattern::columns ? pixel.column : pixel.column / 2;
  switch (group) {
    case PixelGroup::all: return true;
    case PixelGroup::even: return column % 2 == 0;
    case PixelGroup::odd: return column % 2 == 1;
    case PixelGroup::rows: return pixel.row % 16 == 15;
  }
  return false;
}

}  // namespace velocal
