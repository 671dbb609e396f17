// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/stream_seed.hpp"

namespace velocal {
namespace {

/// One step of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): a bijection in which each input bit sways all output bits.
std::uint64_t mix(std::uint64_t state) {
  state += 0x9e3779b97f4a7c15u;
  state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9u;
  state = (state ^ (state >> 27)) * 0x94d049bb133111ebu;
  return state ^ (state >> 31);
}

}  // namespace

std::uint64_t stream_seed(std::uint64_t seed, std::string_view name, std::int64_t first, std::int64_t second) {
  std::uint64_t state = mix(seed);
  for (const char letter : name) state = mix(state ^ static_cast<unsigned char>(letter));
  state = mix(state ^ static_cast<std::uint64_t>(first));
  return mix(state ^ static_cast<std::uint64_t>(second));
}

}  // namespace velocal
