// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "velocal/fit/scan_fit.hpp"

namespace velocal {

/// A status as pictures show it.
struct StatusCategory {
  const char* name;
  const char* colour;
  std::size_t pixels;  ///< live pixels with that status
};

/// The categories good, bad, not found, cut, in this order.
std::vector<StatusCategory> status_categories(const StatusCounts& counts);

/// Pixels that could have a fit: neither masked nor outside the group.
std::size_t live_pixels(const StatusCounts& counts);

}  // namespace velocal
