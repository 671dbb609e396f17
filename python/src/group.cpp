// SPDX-License-Identifier: GPL-3.0-or-later
#include "group.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace velocal::python {

PixelGroup parse_group(const std::string& name) {
  const auto* found = std::ranges::find(pixel_groups, name, group_name);
  if (found != pixel_groups.end()) return *found;
  throw UsageError(fmt::format("unknown group \"{}\"", name), "there are all, even, odd, rows");
}

}  // namespace velocal::python
