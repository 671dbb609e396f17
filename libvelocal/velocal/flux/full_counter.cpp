// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/full_counter.hpp"

namespace velocal {
namespace {

template <class Counts>
CountsAtEnd sum_at_end(const Counts& counts, const PixelMask& mask) {
  CountsAtEnd sum;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (mask[pixel] == 0) sum.add(counts[pixel]);
  }
  return sum;
}

}  // namespace

CountsAtEnd& CountsAtEnd::operator+=(const CountsAtEnd& other) {
  below += other.below;
  at += other.at;
  above += other.above;
  return *this;
}

CountsAtEnd counts_at_end(const PixelCounts& counts, const PixelMask& mask) {
  return sum_at_end(counts, mask);
}

CountsAtEnd counts_at_end(std::span<const std::uint8_t> counts, const PixelMask& mask) {
  return sum_at_end(counts, mask);
}

bool piles_up(const CountsAtEnd& counts) {
  constexpr std::uint64_t fewest = 10;
  return counts.at >= fewest && 10 * counts.above <= counts.at && 2 * counts.at > counts.below;
}

}  // namespace velocal
