// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/simd_level.hpp"

#include <algorithm>
#include <cstdlib>

namespace velocal {
namespace {

SimdLevel highest_available() {
  SimdLevel highest = SimdLevel::scalar;
  for (const SimdLevel level : simd_levels) {
    if (simd_level_available(level)) highest = level;
  }
  return highest;
}

SimdLevel chosen_level() {
  const char* const wanted = std::getenv("VELOCAL_SIMD");
  const auto named = std::ranges::find(simd_levels, std::string_view(wanted == nullptr ? "" : wanted), simd_level_name);
  return named == simd_levels.end() ? highest_available() : std::min(*named, highest_available());
}

}  // namespace

std::string_view simd_level_name(SimdLevel level) {
  constexpr std::array<std::string_view, simd_levels.size()> names{"scalar", "sse2", "avx2", "avx512"};
  return names[static_cast<std::size_t>(level)];
}

bool simd_level_available(SimdLevel level) {
#if defined(__x86_64__) && defined(__GLIBC__)
  switch (level) {
    case SimdLevel::scalar:
    case SimdLevel::sse2: return true;
    case SimdLevel::avx2: return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
    case SimdLevel::avx512:
      return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
             __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vl") != 0;
  }
  return false;
#else
  return level == SimdLevel::scalar;
#endif
}

SimdLevel simd_level() {
  static const SimdLevel level = chosen_level();
  return level;
}

}  // namespace velocal
