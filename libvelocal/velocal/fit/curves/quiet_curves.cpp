// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/quiet_curves.hpp"

#include <algorithm>
#include <cmath>

namespace velocal {
namespace {

constexpr std::size_t fewest_quiet_thresholds = 12;
constexpr double largest_quiet_share = 0.03;

/// Hits in an exposure [s].
struct Exposed {
  double hits = 0.0;
  double seconds = 0.0;

  void add(double more_hits, double more_seconds) {
    hits += more_hits;
    seconds += more_seconds;
  }
};

/// A curve's highest thresholds, and as many below them.
struct CurveEnd {
  std::size_t curve;
  Exposed last;
  Exposed before;

  bool above(double rate) const {
    const double expected = rate * last.seconds;
    return last.hits > expected + 6.0 * std::sqrt(expected) + 10.0;
  }
  bool falls() const { return before.hits * last.seconds >= 2.0 * last.hits * before.seconds; }
};

std::size_t live_thresholds(std::span<const double> live_time_s) {
  return static_cast<std::size_t>(std::ranges::count_if(live_time_s, [](double seconds) { return seconds > 0.0; }));
}

CurveEnd end_of(const Curves& curves, std::size_t curve, std::size_t count) {
  const std::span<const double> live_time_s = curves.live_time_of(curve);
  CurveEnd end{curve, {}, {}};
  std::size_t taken = 0;
  for (std::size_t t = live_time_s.size(); t-- > 0 && taken < 2 * count;) {
    if (live_time_s[t] <= 0.0) continue;
    (taken < count ? end.last : end.before).add(curves.counts(curve, t), live_time_s[t]);
    ++taken;
  }
  return end;
}

std::vector<CurveEnd> ends_of(const Curves& curves) {
  std::vector<CurveEnd> ends;
  std::size_t live = curves.same_live_time() ? live_thresholds(curves.live_time_s) : 0;
  for (std::size_t curve = 0; curve < curves.size(); ++curve) {
    if (curves.skipped_for(curve) != StatusReason::none) continue;
    if (!curves.same_live_time()) live = live_thresholds(curves.live_time_of(curve));
    if (live >= fewest_quiet_thresholds) ends.push_back(end_of(curves, curve, end_thresholds(live)));
  }
  return ends;
}

/// Those above the rate of all others.
std::vector<CurveEnd> ends_above(std::vector<CurveEnd> rest) {
  std::vector<CurveEnd> above;
  for (std::size_t found = 1; found > 0;) {
    Exposed all;
    for (const CurveEnd& end : rest) all.add(end.last.hits, end.last.seconds);
    const double rate = all.hits > 0.0 ? all.hits / all.seconds : 0.0;
    const auto begin = std::partition(rest.begin(), rest.end(), [&](const CurveEnd& end) { return !end.above(rate); });
    found = static_cast<std::size_t>(rest.end() - begin);
    above.insert(above.end(), begin, rest.end());
    rest.erase(begin, rest.end());
  }
  return above;
}

}  // namespace

std::size_t end_thresholds(std::size_t thresholds) {
  return std::max<std::size_t>(3, thresholds / 20);
}

QuietCurves::QuietCurves(const Curves& curves) : curves_(curves) {
  const std::vector<CurveEnd> ends = ends_of(curves);
  const std::vector<CurveEnd> above = ends_above(ends);
  if (above.empty() || static_cast<double>(above.size()) > largest_quiet_share * static_cast<double>(ends.size()))
    return;
  skipped_.assign(curves.skipped.begin(), curves.skipped.end());
  skipped_.resize(curves.size(), StatusReason::none);
  for (const CurveEnd& end : above) {
    if (!end.falls()) skipped_[end.curve] = StatusReason::noisy;
  }
  curves_.skipped = skipped_;
}

}  // namespace velocal
