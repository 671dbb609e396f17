// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <span>
#include <string_view>

#include "support/model_formulas.hpp"

// The likelihood of Poisson counts once more, in long double from the formulas of docs/physics.md.

namespace velocal::test {

/// 2 [mu - N + N ln(N/mu)].
inline long double deviance(long double mu, long double counts) {
  if (counts == 0.0L) return 2.0L * mu;
  if (mu < 0.5L * counts) return 2.0L * (mu - counts + counts * std::log(counts / mu));
  const long double excess = (mu - counts) / counts;  // log1p keeps the digits that the sum above loses near mu = N
  return 2.0L * counts * (excess - std::log1p(excess));
}

/// The deviance's square root with the sign of mu - N: a residual whose squares add up to the likelihood chi-square.
inline long double deviance_residual(long double mu, long double counts) {
  return std::copysign(std::sqrt(deviance(mu, counts)), mu - counts);
}

/// Counts of one pixel, with all that their expectation depends on but the parameters.
struct PixelCounts {
  std::string_view model;
  std::span<const int> threshold;
  std::span<const double> counts;
  long double live_time_s;
  long double background;

  long double mu(std::span<const long double> parameters, std::size_t i) const {
    return live_time_s * (formula(model, parameters, threshold[i]) + background);
  }
  long double chi2(std::span<const long double> parameters) const {
    long double sum = 0.0L;
    for (std::size_t i = 0; i < counts.size(); ++i) sum += deviance(mu(parameters, i), counts[i]);
    return sum;
  }
};

}  // namespace velocal::test
