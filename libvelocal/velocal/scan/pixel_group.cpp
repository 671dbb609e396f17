// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/pixel_group.hpp"

namespace velocal {

std::string_view group_name(PixelGroup group) {
  switch (group) {
    case PixelGroup::all: return "all";
    case PixelGroup::even: return "even";
    case PixelGroup::odd: return "odd";
    case PixelGroup::rows: return "rows";
  }
  return "";
}

}  // namespace velocal
