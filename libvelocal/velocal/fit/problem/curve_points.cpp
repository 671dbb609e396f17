// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/curve_points.hpp"

#include <algorithm>

namespace velocal {
namespace {

/// Curves whose counts, threshold by threshold, lie in two neighbouring cache lines.
constexpr std::size_t block_size = 32;

}  // namespace

CurvePoints::CurvePoints(const Curves& curves, const Statistic& statistic, double max_zero_fraction)
    : curves_(curves),
      statistic_(statistic),
      max_zero_fraction_(max_zero_fraction),
      block_(curves.threshold_count() * block_size),
      block_begin_(curves.size()) {
  const std::size_t most = curves.threshold_count();
  for (auto* list : {&used_threshold_, &used_live_time_s_, &threshold_, &counts_, &points_.threshold, &points_.observed,
                     &points_.scale}) {
    list->reserve(most);
  }
  used_.reserve(most);
  if (curves.same_live_time()) set_used(curves.live_time_s);
}

std::size_t CurvePoints::max_points() const {
  return curves_.same_live_time() ? used_.size() : curves_.threshold_count();
}

void CurvePoints::set_used(std::span<const double> live_time_s) {
  used_.clear();
  used_threshold_.clear();
  used_live_time_s_.clear();
  for (std::size_t t = 0; t < live_time_s.size(); ++t) {
    if (live_time_s[t] <= 0.0) continue;
    used_.push_back(t);
    used_threshold_.push_back(curves_.threshold[t]);
    used_live_time_s_.push_back(live_time_s[t]);
  }
}

StatusReason CurvePoints::load(std::size_t curve) {
  if (!curves_.same_live_time()) set_used(curves_.live_time_of(curve));
  origin_ = curves_.origin_of(curve);
  threshold_.resize(used_.size());
  for (std::size_t i = 0; i < used_.size(); ++i) threshold_[i] = used_threshold_[i] - origin_;
  return statistic_.select({threshold_, counts_of(curve), used_live_time_s_, max_zero_fraction_}, points_);
}

std::size_t CurvePoints::drop(std::size_t point) {
  const auto place = std::ranges::lower_bound(threshold_, points_.threshold[point]) - threshold_.begin();
  for (auto* list : {&points_.threshold, &points_.observed, &points_.scale}) {
    list->erase(list->begin() + static_cast<std::ptrdiff_t>(point));
  }
  return used_[static_cast<std::size_t>(place)];
}

std::span<const double> CurvePoints::counts_of(std::size_t curve) {
  const std::size_t place = curve % block_size;
  if (block_begin_ != curve - place) fill_block(curve - place);
  const std::size_t n = curves_.threshold_count();
  const double* const counts = &block_[place * n];
  if (used_.size() == n) return {counts, n};
  counts_.resize(used_.size());
  for (std::size_t i = 0; i < used_.size(); ++i) counts_[i] = counts[used_[i]];
  return counts_;
}

void CurvePoints::fill_block(std::size_t begin) {
  const std::size_t n = curves_.threshold_count();
  const std::size_t count = std::min(block_size, curves_.size() - begin);
  for (std::size_t t = 0; t < n; ++t) {
    for (std::size_t j = 0; j < count; ++j) block_[j * n + t] = curves_.counts(begin + j, t);
  }
  block_begin_ = begin;
}

FitProblem CurvePoints::problem(const FluxModel& model, double background) const {
  return {model, statistic_, points_.threshold, points_.observed, points_.scale, background};
}

}  // namespace velocal
