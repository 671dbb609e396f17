// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/dispersion.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "velocal/core/sample.hpp"

namespace velocal {
namespace {

/// Good acquisitions of one threshold.
struct GoodSquares {
  double acquisitions = 0.0;
  std::array<double, group_rows> row{};  ///< sums of SummedAcquisition::row_squares

  explicit GoodSquares(const std::vector<SummedAcquisition>& all) {
    for (const SummedAcquisition& acquisition : all) {
      if (acquisition.quality != AcquisitionQuality::good) continue;
      acquisitions += 1.0;
      for (std::size_t i = 0; i < row.size(); ++i) row[i] += acquisition.row_squares[i];
    }
  }
};

/// Dispersion in one row at one threshold, by the sums of the pixels' counts. Nothing where a pixel's mean is above
/// `largest_mean`.
WeightedValue of_row(std::span<const std::uint32_t> counts, std::span<const std::uint8_t> mask, double squares,
                     double acquisitions, double largest_mean) {
  double pixels = 0.0, hits = 0.0, squares_of_sums = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (mask[i] != 0) continue;
    const double sum = counts[i];
    if (sum > largest_mean * acquisitions) return {};
    pixels += 1.0;
    hits += sum;
    squares_of_sums += sum * sum;
  }
  if (hits == 0.0) return {};
  const double variances = (squares - squares_of_sums / acquisitions) / (acquisitions - 1.0);
  const double information = pixels * (acquisitions - 1.0) / (2.0 + pixels * acquisitions / hits);
  return {variances * acquisitions / hits, information};
}

}  // namespace

Uncertain dispersion_between(const FluxCube& cube, const std::vector<std::vector<SummedAcquisition>>& acquisitions) {
  constexpr double least_information = 400.0;
  constexpr std::size_t distance = pixel_rows / group_rows;
  // From there on the counter's end takes from the variance.
  const double largest_mean = cube.counter > 0 ? 0.6 * cube.counter : std::numeric_limits<double>::infinity();
  std::vector<WeightedValue> values;
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    const GoodSquares good(acquisitions[t]);
    if (good.acquisitions < 2.0) continue;
    for (std::size_t i = 0; i < good.row.size(); ++i) {
      const std::size_t first = (distance * (i + 1) - 1) * pixel_columns;
      values.push_back(of_row(cube.counts_at(t).subspan(first, pixel_columns),
                              cube.mask.values().subspan(first, pixel_columns), good.row[i], good.acquisitions,
                              largest_mean));
    }
  }
  return weighted_median(std::move(values), least_information);
}

}  // namespace velocal
