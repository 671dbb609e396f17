// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/background.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "velocal/core/uncertain.hpp"
#include "velocal/fit/curves/curve_fitter.hpp"
#include "velocal/fit/curves/curve_sample.hpp"
#include "velocal/fit/curves/line_foot.hpp"
#include "velocal/fit/curves/quiet_curves.hpp"
#include "velocal/fit/problem/statistic.hpp"

namespace velocal {
namespace {

/// Hits and exposure [s] of all curves that take part, at the thresholds with live time.
struct SummedCurves {
  std::vector<double> threshold, hits, seconds;

  std::size_t size() const { return threshold.size(); }
  double flux(std::size_t i) const { return hits[i] / seconds[i]; }
};

/// Threshold after threshold, as the counts of a scan lie in memory.
SummedCurves sum_of(const Curves& curves, Progress& progress) {
  const std::vector<std::size_t> taken = spread_sample(curves, curves.size());
  SummedCurves sum;
  progress.start("summing", curves.threshold_count(), "thresholds");
  for (std::size_t t = 0; t < curves.threshold_count(); ++t) {
    std::uint64_t hits = 0;
    double seconds = 0.0;
    for (const std::size_t curve : taken) {
      const double live_time_s = curves.live_time_of(curve)[t];
      if (live_time_s > 0.0) hits += curves.counts(curve, t);
      seconds += live_time_s;
    }
    progress.advance(1);
    if (seconds <= 0.0) continue;
    sum.threshold.push_back(curves.threshold[t]);
    sum.hits.push_back(static_cast<double>(hits));
    sum.seconds.push_back(seconds);
  }
  progress.finish();
  return sum;
}

/// The k highest thresholds whose upper limit is lowest.
struct HighestThresholds {
  std::size_t count = 0;
  double hits = 0.0;
  double seconds = 0.0;

  double rate() const { return seconds > 0.0 ? (hits + 1.0) / seconds : 0.0; }
  double error() const { return seconds > 0.0 ? std::sqrt(hits + 1.0) / seconds : 0.0; }
};

HighestThresholds lowest_limit(const SummedCurves& sum) {
  HighestThresholds best, taken;
  double lowest = std::numeric_limits<double>::infinity();
  for (std::size_t i = sum.size(); i-- > 0;) {
    ++taken.count;
    taken.hits += sum.hits[i];
    taken.seconds += sum.seconds[i];
    const double limit = (taken.hits + std::sqrt(taken.hits) + 1.0) / taken.seconds;
    if (limit >= lowest) continue;
    lowest = limit;
    best = taken;
  }
  return best;
}

double highest_flux(const SummedCurves& sum) {
  double highest = 0.0;
  for (std::size_t i = 0; i < sum.size(); ++i) highest = std::max(highest, sum.flux(i));
  return highest;
}

Background background_at_end(const SummedCurves& sum, const HighestThresholds& end, double highest) {
  constexpr double fewest_hits = 20.0;
  constexpr double largest_share = 0.05;
  constexpr double largest_share_at_the_end = 1e-4;
  constexpr double assumed_share = 1e-5;
  const double most = end.count < end_thresholds(sum.size()) ? largest_share_at_the_end : largest_share;
  if (end.hits < fewest_hits || end.rate() <= highest * most) return {end.rate(), end.error()};
  return {assumed_share * highest, 9.0 * assumed_share * highest, true};
}

/// The thresholds from the foot of the line on; `x` counts from the first of them.
SelectedPoints foot_of(const SummedCurves& sum, double highest) {
  constexpr double highest_share = 3e-3;
  std::size_t begin = sum.size();
  while (begin > 0 && sum.flux(begin - 1) < highest_share * highest) --begin;
  SelectedPoints foot;
  for (std::size_t i = begin; i < sum.size(); ++i) {
    foot.threshold.push_back(sum.threshold[i] - sum.threshold[begin]);
    foot.observed.push_back(sum.hits[i]);
    foot.scale.push_back(sum.seconds[i]);
  }
  return foot;
}

/// Distance in which the foot falls to a tenth [DAC].
double tenth_of(const SelectedPoints& foot) {
  const double first = foot.observed.front() / foot.scale.front();
  const auto falls = [&](std::size_t i) { return foot.observed[i] < 0.1 * first * foot.scale[i]; };
  std::size_t i = 1;
  while (i + 1 < foot.threshold.size() && !falls(i)) ++i;
  return foot.threshold[i];
}

/// Empty where the thresholds do not tell.
std::optional<Uncertain> fit_with_foot(const SelectedPoints& foot, double start) {
  constexpr std::size_t fewest_points = 6;
  if (foot.threshold.size() < fewest_points || foot.observed.front() <= 0.0) return std::nullopt;
  const FormulaModel<LineFoot> model;
  const Statistic& poisson = StatisticRegistry::instance().get("poisson");
  const FitProblem problem{model, poisson, foot.threshold, foot.observed, foot.scale};
  const double fall = 2.3 / tenth_of(foot);
  std::array<double, 4> parameters{foot.observed.front() / foot.scale.front(), 0.7 * fall, 0.3 * fall * fall, start};
  CurveFitter fit(model, "fast", foot.threshold.size());
  if (fit(problem, parameters).failure != StatusReason::none) return std::nullopt;
  return Uncertain{parameters[3], std::sqrt(fit.covariance()(3, 3))};
}

}  // namespace

Background estimate_background(const Curves& curves, Progress& progress) {
  const SummedCurves sum = sum_of(curves, progress);
  const HighestThresholds end = lowest_limit(sum);
  const double highest = highest_flux(sum);
  const Background at_end = background_at_end(sum, end, highest);
  const std::optional<Uncertain> fitted = fit_with_foot(foot_of(sum, highest), at_end.rate);
  if (!fitted) return at_end;
  const double one_hit = 1.0 / end.seconds;
  const Background together{fitted->value + one_hit, std::hypot(fitted->error, one_hit)};
  return at_end.assumed && together.error > at_end.error ? at_end : together;
}

}  // namespace velocal
