// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace velocal {

/// Reading of a pixel whose counter is full: so many hits, or more.
inline constexpr int full_counter = 63;

/// Hits that each state of the pixels' counter stands for. The counter is a shift register of six bits with feedback:
/// it starts at 0, steps once a hit through all 64 states, and stays in the last.
constexpr std::array<std::uint8_t, 64> counter_hits() {
  std::array<std::uint8_t, 64> hits{};
  unsigned state = 0;
  for (unsigned count = 0; count < hits.size(); ++count) {
    hits[state] = static_cast<std::uint8_t>(count);
    const unsigned low_bits_empty = (state & 31u) == 0 ? 1u : 0u;  // brings in the state that the feedback alone lacks
    const unsigned feedback = (state >> 5u ^ state >> 4u ^ low_bits_empty) & 1u;
    state = (state << 1u & 63u) | feedback;
  }
  return hits;
}

}  // namespace velocal
