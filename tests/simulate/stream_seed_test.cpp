// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/stream_seed.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

using namespace velocal;

TEST_CASE("no two files of a full scan share a stream of random numbers") {
  std::set<std::uint64_t> seeds;
  for (const char* label : {"warm", "cold"}) {
    for (int threshold = 1480; threshold <= 1600; ++threshold) {
      for (int acquisition = 0; acquisition < 100; ++acquisition) {
        seeds.insert(stream_seed(1, label, threshold, acquisition));
      }
    }
  }
  CHECK(seeds.size() == 2 * 121 * 100);
}

TEST_CASE("neighbouring streams have unrelated seeds") {
  // Mathematics: two unrelated 64-bit words differ in 32 bits on average, each such number with variance 16.
  constexpr int pairs = 10000;
  int bits = 0;
  for (int i = 0; i < pairs; ++i)
    bits += std::popcount(stream_seed(7, "warm", 1480, i) ^ stream_seed(7, "warm", 1480, i + 1));
  CHECK(std::abs(bits / double{pairs} - 32.0) < 5.0 * 4.0 / std::sqrt(double{pairs}));
}

TEST_CASE("seed, name and both numbers all matter, and so does their order") {
  const std::set<std::uint64_t> seeds{stream_seed(1, "warm", 2, 3), stream_seed(2, "warm", 2, 3),
                                      stream_seed(1, "cold", 2, 3), stream_seed(1, "warm", 3, 2),
                                      stream_seed(1, "warm", 2, 4), stream_seed(1, "mwar", 2, 3)};
  CHECK(seeds.size() == 6);
}
