// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/dispersion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "velocal/core/sample.hpp"

namespace velocal {
namespace {

constexpr std::array difference{1.0, -4.0, 6.0, -4.0, 1.0};

/// Squared differences, and the variances that Poisson's distribution gives them.
struct Roughness {
  double squares = 0.0;
  double variances = 0.0;

  double dispersion() const { return squares / variances; }
  Roughness& operator+=(const Roughness& other) {
    squares += other.squares;
    variances += other.variances;
    return *this;
  }
};

/// Places of five equally spaced thresholds, by the first.
std::vector<std::size_t> even_places(std::span<const double> threshold) {
  std::vector<std::size_t> places;
  for (std::size_t t = 0; t + difference.size() <= threshold.size(); ++t) {
    const double step = threshold[t + 1] - threshold[t];
    bool even = true;
    for (std::size_t i = 1; i < difference.size(); ++i) {
      even = even && std::abs(threshold[t + i] - threshold[t + i - 1] - step) < 1e-6 * step;
    }
    if (even) places.push_back(t);
  }
  return places;
}

/// Nothing where one of the thresholds has no live time.
Roughness roughness(const Curves& curves, std::size_t curve, std::size_t place) {
  const std::span<const double> live_time_s = curves.live_time_of(curve).subspan(place, difference.size());
  double sum = 0.0, variance = 0.0;
  for (std::size_t i = 0; i < difference.size(); ++i) {
    if (live_time_s[i] <= 0.0) return {};
    const double weight = difference[i] / live_time_s[i];
    const double count = curves.counts(curve, place + i);
    sum += weight * count;
    variance += weight * weight * count;
  }
  return {sum * sum, variance};
}

std::vector<std::size_t> taken_curves(const Curves& curves) {
  std::vector<std::size_t> taken;
  for (std::size_t curve = 0; curve < curves.size(); ++curve) {
    if (curves.skipped_for(curve) == StatusReason::none) taken.push_back(curve);
  }
  return taken;
}

/// The curves without those that are much rougher than most.
std::vector<std::size_t> without_noisy(const Curves& curves, std::vector<std::size_t> taken,
                                       const std::vector<std::size_t>& places) {
  constexpr double largest_ratio = 5.0;
  std::vector<Roughness> of_curve(curves.size());
  for (const std::size_t place : places) {
    for (const std::size_t curve : taken) of_curve[curve] += roughness(curves, curve, place);
  }
  std::vector<double> dispersions;
  for (const std::size_t curve : taken) {
    if (of_curve[curve].variances > 0.0) dispersions.push_back(of_curve[curve].dispersion());
  }
  const double most = largest_ratio * quantile(dispersions, 0.5);
  std::erase_if(taken, [&](std::size_t curve) {
    return !(of_curve[curve].variances > 0.0) || of_curve[curve].dispersion() > most;
  });
  return taken;
}

/// Dispersion of the curves at one place; neighbouring places share four of their five thresholds, which is the reason
/// for the fifth.
WeightedValue dispersion_at(const Curves& curves, const std::vector<std::size_t>& taken, std::size_t place) {
  Roughness sum;
  double used = 0.0, hits = 0.0;
  for (const std::size_t curve : taken) {
    const Roughness of_curve = roughness(curves, curve, place);
    if (of_curve.variances == 0.0) continue;
    sum += of_curve;
    used += 1.0;
    for (std::size_t i = 0; i < difference.size(); ++i) hits += curves.counts(curve, place + i);
  }
  if (used == 0.0) return {};
  return {sum.dispersion(), 0.2 * used / (2.0 + 2.0 * used / hits)};
}

}  // namespace

Uncertain dispersion_of(const Curves& curves) {
  constexpr double least_information = 400.0;
  const std::vector<std::size_t> places = even_places(curves.threshold);
  const std::vector<std::size_t> taken = without_noisy(curves, taken_curves(curves), places);
  std::vector<WeightedValue> values;
  for (const std::size_t place : places) values.push_back(dispersion_at(curves, taken, place));
  return weighted_median(std::move(values), least_information);
}

double dispersion_factor(Covariance covariance, Uncertain dispersion) {
  const bool above = covariance == Covariance::dispersed && dispersion.value > 1.0;
  return above ? dispersion.value : 1.0;
}

}  // namespace velocal
