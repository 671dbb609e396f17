// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/figure/status_categories.hpp"

#include "velocal/plot/figure/style.hpp"

namespace velocal {

std::vector<StatusCategory> status_categories(const StatusCounts& counts) {
  return {{"good", style::blue, counts.good},
          {"bad", style::yellow, counts.bad},
          {"not found", style::orange, counts.not_found},
          {"cut", style::black, counts.cut - counts.masked - counts.outside}};
}

std::size_t live_pixels(const StatusCounts& counts) {
  std::size_t live = 0;
  for (const StatusCategory& category : status_categories(counts)) live += category.pixels;
  return live;
}

}  // namespace velocal
