// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/pixel_points.hpp"

#include <Eigen/Core>
#include <algorithm>

namespace velocal {
namespace {

/// Pixels whose counts lie in two neighbouring cache lines.
constexpr std::size_t block_size = 32;
static_assert(pixel_count % block_size == 0);

}  // namespace

PixelPoints::PixelPoints(const FluxCube& cube, const FitSettings& settings) : cube_(cube), settings_(settings) {
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    if (cube.live_time_s[t] > 0.0)
      used_.push_back(t);
    else if (settings.statistic == Statistic::neyman)
      used_.clear();
  }
  for (const std::size_t t : used_) {
    used_threshold_.push_back(cube.threshold[t]);
    used_live_time_s_.push_back(cube.live_time_s[t]);
  }
  block_.resize(used_.size() * block_size);
  threshold_.reserve(used_.size());
  observed_.reserve(used_.size());
  scale_.reserve(used_.size());
}

StatusReason PixelPoints::load(std::size_t pixel, double shift) {
  shift_ = shift;
  const auto counts = counts_of(pixel);
  return settings_.statistic == Statistic::neyman ? load_neyman(counts) : load_poisson(counts);
}

StatusReason PixelPoints::load_neyman(std::span<const double> counts) {
  const auto zeros = static_cast<std::size_t>(std::ranges::count(counts, 0.0));
  if (zeros == counts.size()) return StatusReason::no_hits;
  if (static_cast<double>(zeros) >= settings_.max_zero_fraction * static_cast<double>(counts.size())) {
    return StatusReason::too_many_zeros;
  }
  std::size_t first = 0;
  while (counts[first] == 0.0) ++first;
  std::size_t end = counts.size();
  while (counts[end - 1] == 0.0) --end;
  if (zeros > counts.size() - (end - first)) return StatusReason::zero_inside;
  set_thresholds(first, end);
  const auto n = static_cast<Eigen::Index>(end - first);
  const Eigen::Map<const Eigen::ArrayXd> hits(&counts[first], n);
  const Eigen::Map<const Eigen::ArrayXd> live_time_s(&used_live_time_s_[first], n);
  Eigen::Map<Eigen::ArrayXd>(observed_.data(), n) = hits / live_time_s;
  Eigen::Map<Eigen::ArrayXd>(scale_.data(), n) = live_time_s / hits.sqrt();
  return StatusReason::none;
}

StatusReason PixelPoints::load_poisson(std::span<const double> counts) {
  if (std::ranges::all_of(counts, [](double count) { return count == 0.0; })) return StatusReason::no_hits;
  set_thresholds(0, counts.size());
  std::ranges::copy(counts, observed_.begin());
  std::ranges::copy(used_live_time_s_, scale_.begin());
  return StatusReason::none;
}

std::span<const double> PixelPoints::counts_of(std::size_t pixel) {
  const std::size_t place = pixel % block_size;
  const std::size_t n = used_.size();
  if (block_begin_ != pixel - place) {
    block_begin_ = pixel - place;
    for (std::size_t i = 0; i < n; ++i) {
      const auto counts = cube_.counts_at(used_[i]).subspan(block_begin_, block_size);
      for (std::size_t j = 0; j < block_size; ++j) block_[j * n + i] = counts[j];
    }
  }
  return std::span(block_).subspan(place * n, n);
}

/// Makes room for the points of the used thresholds first...end - 1.
void PixelPoints::set_thresholds(std::size_t first, std::size_t end) {
  threshold_.resize(end - first);
  observed_.resize(end - first);
  scale_.resize(end - first);
  for (std::size_t i = first; i < end; ++i) threshold_[i - first] = used_threshold_[i] - shift_;
}

FitProblem PixelPoints::problem(const FluxModel& model, double background) const {
  return {model, settings_.statistic, threshold_, observed_, scale_, background};
}

}  // namespace velocal
