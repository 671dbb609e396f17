// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

namespace velocal {

/// Widths of vector instructions that the numerical kernels are compiled for. `scalar` is plain C++ with libm.
enum class SimdLevel { scalar, sse2, avx2, avx512 };

inline constexpr std::array<SimdLevel, 4> simd_levels{SimdLevel::scalar, SimdLevel::sse2, SimdLevel::avx2,
                                                      SimdLevel::avx512};

std::string_view simd_level_name(SimdLevel level);

/// Can this processor, and this build, run kernels of that level?
bool simd_level_available(SimdLevel level);

/// The level that kernels use: the highest available one, or the one that VELOCAL_SIMD in the environment names, if
/// that is available; it serves to compare levels. The environment is asked once.
SimdLevel simd_level();

}  // namespace velocal
