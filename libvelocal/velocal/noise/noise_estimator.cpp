// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/noise_estimator.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "velocal/core/error.hpp"
#include "velocal/noise/censored_gaussian.hpp"
#include "velocal/noise/established_moments.hpp"
#include "velocal/noise/noise_moments.hpp"

namespace velocal {
namespace {

constexpr std::array<NoiseEstimator, 3> estimators{
    {{"moments", noise_moments}, {"established", established_moments}, {"censored", censored_gaussian}}};

}  // namespace

const NoiseEstimator& noise_estimator(std::string_view name) {
  const auto found = std::ranges::find(estimators, name, &NoiseEstimator::name);
  if (found != estimators.end()) return *found;
  throw UsageError(fmt::format("unknown noise estimator \"{}\"", name),
                   fmt::format("there are {}", fmt::join(noise_estimator_names(), ", ")));
}

std::vector<std::string> noise_estimator_names() {
  std::vector<std::string> names;
  for (const NoiseEstimator& estimator : estimators) names.emplace_back(estimator.name);
  return names;
}

HitSums hit_sums(const NoiseReadings& readings) {
  HitSums sums;
  for (std::size_t i = 0; i < readings.hits.size(); ++i) {
    sums.hits += readings.hits[i];
    sums.weighted += static_cast<double>(readings.hits[i]) * readings.threshold[i];
  }
  return sums;
}

double width_about(double mean, const NoiseReadings& readings, double hits) {
  if (hits < 2.0) return undefined;
  double squares = 0.0;
  for (std::size_t i = 0; i < readings.hits.size(); ++i) {
    const double distance = readings.threshold[i] - mean;
    squares += readings.hits[i] * distance * distance;
  }
  return std::sqrt(squares / (hits - 1.0));
}

}  // namespace velocal
