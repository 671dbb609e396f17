// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/simd_level.hpp"
#include "velocal/scan/pixel_group.hpp"

namespace velocal {

/// Summary of an acquisition whose counts are all below 100, as they are in nearly every acquisition.
struct SmallCounts {
  std::uint8_t largest = 0;                                   ///< no count is larger
  std::array<std::uint16_t, pixel_columns> column{};          ///< sums over all rows
  std::array<std::uint16_t, pixel_columns> column_of_rows{};  ///< sums over the rows of PixelGroup::rows
  std::array<std::uint32_t, group_rows> row_squares{};        ///< sum of the squared counts of each of these rows
};

/// Adds the counts of a text to sums: sum[pixel] += count, modulo 256. The text has 256 lines of 256 counts of one or
/// two digits, each line ended by LF, as nearly every acquisition has. Returns false for any other text, which is for
/// parse_counts() to judge; `sum` is then as it was, and `counts` is undefined. Compiled for each SIMD level and chosen
/// at run time.
bool add_small_counts(std::span<const char> text, std::span<std::uint8_t> sum, SmallCounts& counts,
                      SimdLevel level = simd_level());

/// Undoes add_small_counts(): subtracts the counts of a text that it has added.
void subtract_small_counts(std::span<const char> text, std::span<std::uint8_t> sum, SimdLevel level = simd_level());

/// total[pixel] += sum[pixel], and sum[pixel] = 0. False when a total exceeds 32 bits.
[[nodiscard]] bool move_small_counts(std::span<std::uint8_t> sum, std::span<std::uint32_t> total);

}  // namespace velocal
