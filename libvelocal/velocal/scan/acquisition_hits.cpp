// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/acquisition_hits.hpp"

#include <algorithm>
#include <numeric>

#include "velocal/scan/pixel_group.hpp"

namespace velocal {
namespace {

constexpr bool in_rows(Pixel pixel) {
  return in_group(PixelGroup::rows, pixel, SeparationPattern::columns);
}

constexpr std::size_t place_in_rows(int row) {
  return static_cast<std::size_t>(row * group_rows / pixel_rows);
}

constexpr double squared(double value) {
  return value * value;
}

/// The columns hold all pixels at first. Sums them up, and then takes out the hits masked_hits(i) of each pixel
/// masked[i].
template <class MaskedHits>
void leave_out(std::span<const std::size_t> masked, MaskedHits masked_hits, AcquisitionHits& hits) {
  hits.all_pixels = std::accumulate(hits.column.begin(), hits.column.end(), std::uint64_t{0});
  for (std::size_t i = 0; i < masked.size(); ++i) {
    const Pixel pixel = Pixel::at(masked[i]);
    const auto column = static_cast<std::size_t>(pixel.column);
    hits.column[column] -= masked_hits(i);
    if (!in_rows(pixel)) continue;
    hits.column_of_rows[column] -= masked_hits(i);
    hits.row_squares[place_in_rows(pixel.row)] -= squared(masked_hits(i));
  }
}

}  // namespace

std::vector<std::size_t> masked_pixels(const PixelMask& mask) {
  std::vector<std::size_t> masked;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (mask[pixel] != 0) masked.push_back(pixel);
  }
  return masked;
}

AcquisitionHits hits_of(const SmallCounts& counts, std::span<const std::size_t> masked,
                        std::span<const std::uint8_t> masked_hits) {
  AcquisitionHits hits;
  for (std::size_t column = 0; column < hits.column.size(); ++column) {
    hits.column[column] = counts.column[column];
    hits.column_of_rows[column] = counts.column_of_rows[column];
  }
  std::ranges::copy(counts.row_squares, hits.row_squares.begin());
  leave_out(
      masked, [&](std::size_t i) { return masked_hits[i]; }, hits);
  return hits;
}

AcquisitionHits hits_of(const PixelCounts& counts, std::span<const std::size_t> masked) {
  AcquisitionHits hits;
  for (int row = 0; row < pixel_rows; ++row) {
    for (int column = 0; column < pixel_columns; ++column) {
      hits.column[static_cast<std::size_t>(column)] += counts(row, column);
      if (!in_rows({row, column})) continue;
      hits.column_of_rows[static_cast<std::size_t>(column)] += counts(row, column);
      hits.row_squares[place_in_rows(row)] += squared(counts(row, column));
    }
  }
  leave_out(
      masked, [&](std::size_t i) { return counts[masked[i]]; }, hits);
  return hits;
}

}  // namespace velocal
