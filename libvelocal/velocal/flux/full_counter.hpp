// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "velocal/scan/counts_parser.hpp"

namespace velocal {

/// Where VeloPix's counter of six bits stays when it is full.
inline constexpr std::uint32_t velopix_counter_end = 63;

/// Counts of single pixels in single acquisitions about the counter's end.
struct CountsAtEnd {
  std::uint64_t below = 0;  ///< 61 and 62
  std::uint64_t at = 0;     ///< 63
  std::uint64_t above = 0;

  void add(std::uint32_t count) {
    if (count > velopix_counter_end)
      ++above;
    else if (count == velopix_counter_end)
      ++at;
    else if (count + 2 >= velopix_counter_end)
      ++below;
  }
  CountsAtEnd& operator+=(const CountsAtEnd& other);
};

/// The counts of the unmasked pixels of one acquisition.
CountsAtEnd counts_at_end(const PixelCounts& counts, const PixelMask& mask);
CountsAtEnd counts_at_end(std::span<const std::uint8_t> counts, const PixelMask& mask);

/// Whether counts pile up at 63: ten or more of them there, at most a tenth as many above, and more than half as many
/// as at 61 and 62 together. Counts that go on beyond have nearly as many above as at 63, and those that happen to end
/// there have fewer at 63 than at each number below. Single larger counts, as of a damaged file, change nothing.
bool piles_up(const CountsAtEnd& counts);

}  // namespace velocal
