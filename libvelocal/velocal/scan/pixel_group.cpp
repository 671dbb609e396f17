// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/pixel_group.hpp"

#include <algorithm>
#include <string>

#include "velocal/core/error.hpp"

namespace velocal {

void require_known(PixelGroup group) {
  if (std::ranges::find(pixel_groups, group) != pixel_groups.end()) return;
  throw UsageError("PixelGroup " + std::to_string(static_cast<int>(group)) + " is no group of pixels",
                   "there are all, even, odd, rows", "Give one of PixelGroup");
}

std::string_view group_name(PixelGroup group) {
  switch (group) {
    case PixelGroup::all: return "all";
    case PixelGroup::even: return "even";
    case PixelGroup::odd: return "odd";
    case PixelGroup::rows: return "rows";
  }
  require_known(group);
  return "";
}

}  // namespace velocal
