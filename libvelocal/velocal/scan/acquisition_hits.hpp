// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/scan/counts_parser.hpp"
#include "velocal/scan/pixel_group.hpp"
#include "velocal/scan/small_counts.hpp"

namespace velocal {

/// Hits of one acquisition by column, and their squares: what its quality, the ASIC flux and the dispersion are made
/// of.
struct AcquisitionHits {
  std::uint64_t all_pixels = 0;                               ///< masked ones included
  std::array<std::uint64_t, pixel_columns> column{};          ///< sums over the unmasked pixels
  std::array<std::uint64_t, pixel_columns> column_of_rows{};  ///< the same over the rows of PixelGroup::rows
  std::array<double, group_rows> row_squares{};  ///< sum of the squared hits of each of these rows' unmasked pixels
};

/// Indices of the masked pixels.
std::vector<std::size_t> masked_pixels(const PixelMask& mask);

/// `masked`: as masked_pixels() gives them; `masked_hits` are the hits of these pixels, in this order.
AcquisitionHits hits_of(const SmallCounts& counts, std::span<const std::size_t> masked,
                        std::span<const std::uint8_t> masked_hits);
AcquisitionHits hits_of(const PixelCounts& counts, std::span<const std::size_t> masked);

}  // namespace velocal
