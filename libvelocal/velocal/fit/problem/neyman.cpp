// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/neyman.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "velocal/core/uncertain.hpp"

namespace velocal {

StatusReason Neyman::select(const CurveCounts& curve, SelectedPoints& points) {
  const auto counts = curve.counts;
  const auto zeros = static_cast<std::size_t>(std::ranges::count(counts, 0.0));
  if (zeros == counts.size()) return StatusReason::no_hits;
  if (static_cast<double>(zeros) >= curve.max_zero_fraction * static_cast<double>(counts.size())) {
    return StatusReason::too_many_zeros;
  }
  std::size_t first = 0;
  while (counts[first] == 0.0) ++first;
  std::size_t end = counts.size();
  while (counts[end - 1] == 0.0) --end;
  if (zeros > counts.size() - (end - first)) return StatusReason::zero_inside;
  const std::size_t count = end - first;
  points.threshold.assign(curve.threshold.begin() + static_cast<std::ptrdiff_t>(first),
                          curve.threshold.begin() + static_cast<std::ptrdiff_t>(end));
  points.observed.resize(count);
  points.scale.resize(count);
  const auto n = static_cast<Eigen::Index>(count);
  const Eigen::Map<const Eigen::ArrayXd> hits(&counts[first], n);
  const Eigen::Map<const Eigen::ArrayXd> live_time_s(&curve.live_time_s[first], n);
  Eigen::Map<Eigen::ArrayXd>(points.observed.data(), n) = hits / live_time_s;
  Eigen::Map<Eigen::ArrayXd>(points.scale.data(), n) = live_time_s / hits.sqrt();
  return StatusReason::none;
}

double Neyman::rate(const FitProblem& problem, std::size_t point) {
  return problem.observed[point];
}

double Neyman::term(const FitProblem& problem, std::size_t point, double flux) {
  const double residual = (problem.observed[point] - flux) * problem.scale[point];
  return residual * residual;
}

double Neyman::information(const FitProblem& problem, std::size_t point, double) {
  return problem.scale[point] * problem.scale[point];
}

Residual Neyman::residual(const FitProblem& problem, std::size_t point, double flux) {
  const double scale = problem.scale[point];
  return {(flux - problem.observed[point]) * scale, scale};
}

double Neyman::flux_error(double counts, double live_time_s, double) {
  return counts > 0.0 ? std::sqrt(counts) / live_time_s : undefined;
}

}  // namespace velocal
