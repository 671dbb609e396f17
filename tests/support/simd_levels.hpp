// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <iterator>
#include <vector>

#include "velocal/core/simd_level.hpp"

namespace velocal::test {

/// Those that this processor has.
inline std::vector<SimdLevel> available_simd_levels() {
  std::vector<SimdLevel> available;
  std::ranges::copy_if(simd_levels, std::back_inserter(available), simd_level_available);
  return available;
}

}  // namespace velocal::test
