// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/simd_level.hpp"

#include <catch2/catch.hpp>

using namespace velocal;

TEST_CASE("the SIMD level in use is one that this processor has, and every level below it is there too") {
  CHECK(simd_level_available(SimdLevel::scalar));
  CHECK(simd_level_available(simd_level()));
  for (const SimdLevel level : simd_levels) {
    if (level < simd_level()) CHECK(simd_level_available(level));
  }
}

TEST_CASE("levels have the names that VELOCAL_SIMD takes") {
  CHECK(simd_level_name(SimdLevel::scalar) == "scalar");
  CHECK(simd_level_name(SimdLevel::sse2) == "sse2");
  CHECK(simd_level_name(SimdLevel::avx2) == "avx2");
  CHECK(simd_level_name(SimdLevel::avx512) == "avx512");
}
