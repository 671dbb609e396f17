// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "velocal/core/pixel_matrix.hpp"

namespace velocal {

/// Counts of an acquisition in which all are below 100, as in nearly every one: a byte a pixel, and their sums by
/// column.
struct SmallCounts {
  PixelMatrix<std::uint8_t> counts;
  std::uint8_t bound = 99;                                    ///< no count is larger
  std::array<std::uint16_t, pixel_columns> column{};          ///< over all rows
  std::array<std::uint16_t, pixel_columns> column_of_rows{};  ///< over the rows of PixelGroup::rows
};

/// Reads what scans consist of: 256 lines of 256 counts of one or two digits, ended by LF. False at anything else, for
/// parse_counts() to judge; `counts` is then undefined. Compiled for each SIMD level and chosen at run time.
bool parse_small_counts(std::span<const char> text, SmallCounts& counts);

/// total[pixel] += counts[pixel]. The caller sees to it, by `bound`, that no sum exceeds 255.
void add_small_counts(const SmallCounts& counts, std::span<std::uint8_t> total);

}  // namespace velocal
