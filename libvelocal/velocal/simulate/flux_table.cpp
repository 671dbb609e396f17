// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/flux_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "velocal/core/parallel_for.hpp"

namespace velocal {
namespace {

constexpr double log_step = 0.05;       // from one noise to the next
constexpr double steps_a_noise = 10.0;  // of the threshold

/// Where a cubic through four points of a row begins, and the weight of each.
struct Cubic {
  std::size_t first;
  std::array<double, 4> weight;
};

/// Lagrange's cubic around `place`, counted in steps from the first of `points` points.
Cubic cubic_at(double place, std::size_t points) {
  const double first = std::clamp(std::floor(place) - 1.0, 0.0, static_cast<double>(points - 4));
  const double a = place - first, b = a - 1.0, c = a - 2.0, d = a - 3.0;
  return {static_cast<std::size_t>(first), {-b * c * d / 6.0, a * c * d / 2.0, -a * b * d / 2.0, a * b * c / 6.0}};
}

}  // namespace

double FluxTable::Row::at(double threshold) const {
  const double place = (threshold - begin) / step;
  if (place > static_cast<double>(flux.size() - 1)) return 0.0;
  const auto [first, weight] = cubic_at(place, flux.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < 4; ++i) sum += weight[i] * flux[first + i];
  return sum;
}

FluxTable::Row FluxTable::make_row(std::span<const Signal> signals, double noise, double least_threshold) {
  const SmearedSignals smeared(signals, noise);
  Row row{least_threshold, noise / steps_a_noise, {}};
  const double steps = std::max(0.0, std::ceil((smeared.end() - least_threshold) / row.step));
  row.flux.resize(static_cast<std::size_t>(steps) + 4);
  for (std::size_t i = 0; i < row.flux.size(); ++i) {
    row.flux[i] = smeared(least_threshold + static_cast<double>(i) * row.step);
  }
  return row;
}

FluxTable::FluxTable(std::span<const Signal> signals, const Range& range, int threads)
    : log_begin_(std::log(range.least_noise) - log_step) {
  // Nothing passes far below the baseline.
  const double least_threshold = std::max(range.least_threshold, -6.0 * range.most_noise);
  // A cubic takes four rows, also where all pixels have one noise and rounding leaves its place just below a row.
  const double last_place = (std::log(range.most_noise) - log_begin_) / log_step;
  rows_.resize(std::max(std::size_t{4}, static_cast<std::size_t>(last_place) + 3));
  parallel_for(rows_.size(), threads, [&](std::size_t i, int) {
    rows_[i] = make_row(signals, std::exp(log_begin_ + static_cast<double>(i) * log_step), least_threshold);
  });
}

double FluxTable::operator()(double threshold, double noise) const {
  if (threshold <= -6.0 * noise) return 0.0;
  const auto [first, weight] = cubic_at((std::log(noise) - log_begin_) / log_step, rows_.size());
  double flux = 0.0;
  for (std::size_t i = 0; i < 4; ++i) flux += weight[i] * rows_[first + i].at(threshold);
  return flux;
}

}  // namespace velocal
