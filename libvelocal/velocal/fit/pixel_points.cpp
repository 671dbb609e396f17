// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/pixel_points.hpp"

#include <algorithm>
#include <cmath>

namespace velocal {
namespace {

/// Pixels whose counts share a cache line.
constexpr std::size_t block_size = 16;
static_assert(pixel_count % block_size == 0);

}  // namespace

PixelPoints::PixelPoints(const FluxCube& cube, const FitSettings& settings) : cube_(cube), settings_(settings) {
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    if (cube.live_time_s[t] > 0.0)
      used_.push_back(t);
    else if (settings.statistic == Statistic::neyman)
      used_.clear();
  }
  block_.resize(used_.size() * block_size);
  counts_.resize(used_.size());
  threshold_.reserve(used_.size());
  observed_.reserve(used_.size());
  scale_.reserve(used_.size());
}

StatusReason PixelPoints::load(std::size_t pixel, double shift) {
  threshold_.clear();
  observed_.clear();
  scale_.clear();
  shift_ = shift;
  fetch(pixel);
  return settings_.statistic == Statistic::neyman ? load_neyman() : load_poisson();
}

StatusReason PixelPoints::load_neyman() {
  std::size_t zeros = 0;
  std::size_t first = used_.size();
  std::size_t last = 0;
  for (std::size_t i = 0; i < used_.size(); ++i) {
    if (counts_[i] == 0.0) {
      ++zeros;
    } else {
      first = std::min(first, i);
      last = i;
    }
  }
  if (zeros == used_.size()) return StatusReason::no_hits;
  if (static_cast<double>(zeros) >= settings_.max_zero_fraction * static_cast<double>(used_.size())) {
    return StatusReason::too_many_zeros;
  }
  if (zeros > used_.size() - (last - first + 1)) return StatusReason::zero_inside;
  for (std::size_t i = first; i <= last; ++i) {
    const double hits = counts_[i];
    const double live_time_s = cube_.live_time_s[used_[i]];
    add_point(i, hits / live_time_s, live_time_s / std::sqrt(hits));
  }
  return StatusReason::none;
}

StatusReason PixelPoints::load_poisson() {
  double sum = 0.0;
  for (std::size_t i = 0; i < used_.size(); ++i) {
    const double hits = counts_[i];
    sum += hits;
    add_point(i, hits, cube_.live_time_s[used_[i]]);
  }
  return sum > 0.0 ? StatusReason::none : StatusReason::no_hits;
}

void PixelPoints::fetch(std::size_t pixel) {
  const std::size_t place = pixel % block_size;
  if (block_begin_ != pixel - place) {
    block_begin_ = pixel - place;
    for (std::size_t i = 0; i < used_.size(); ++i) {
      const auto row = cube_.counts_at(used_[i]).subspan(block_begin_, block_size);
      std::ranges::copy(row, &block_[i * block_size]);
    }
  }
  for (std::size_t i = 0; i < used_.size(); ++i) counts_[i] = block_[i * block_size + place];
}

void PixelPoints::add_point(std::size_t used_index, double observed, double scale) {
  threshold_.push_back(cube_.threshold[used_[used_index]] - shift_);
  observed_.push_back(observed);
  scale_.push_back(scale);
}

FitProblem PixelPoints::problem(const FluxModel& model, double background) const {
  return {model, settings_.statistic, threshold_, observed_, scale_, background};
}

}  // namespace velocal
