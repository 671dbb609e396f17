// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/simd_level.hpp"

namespace velocal {

/// Sums over an acquisition in which all counts are below 100, as they are in nearly every one.
struct SmallCounts {
  std::uint8_t largest = 0;                                   ///< no count is larger
  std::array<std::uint16_t, pixel_columns> column{};          ///< sums over all rows
  std::array<std::uint16_t, pixel_columns> column_of_rows{};  ///< over the rows of PixelGroup::rows
};

/// Reads what scans consist of, 256 lines of 256 counts of one or two digits, ended by LF, straight into sums:
/// sum[pixel] += count modulo 256. False at anything else, for parse_counts() to judge: `sum` is then as it was, and
/// `counts` is undefined. Compiled for each SIMD level and chosen at run time.
bool add_small_counts(std::span<const char> text, std::span<std::uint8_t> sum, SmallCounts& counts,
                      SimdLevel level = simd_level());

/// Subtracts the counts of a text that add_small_counts() has added.
void subtract_small_counts(std::span<const char> text, std::span<std::uint8_t> sum, SimdLevel level = simd_level());

/// total[pixel] += sum[pixel], and sum[pixel] = 0. False when a total exceeds 32 bits.
[[nodiscard]] bool move_small_counts(std::span<std::uint8_t> sum, std::span<std::uint32_t> total);

}  // namespace velocal
