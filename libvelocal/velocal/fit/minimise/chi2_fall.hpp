// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <span>

#include "velocal/fit/problem/normal_equations.hpp"

namespace velocal {

/// Fall of chi2 on the way from `here` to `there`. It is not finite when chi2 is not finite at an end. A fall that is
/// expected to be small is taken from the slopes at both ends, since the difference of two chi2 would be rounding
/// errors.
inline double chi2_fall(const NormalEquations& here, const NormalEquations& there, std::span<const double> move,
                        double expected) {
  constexpr double parabola_below = 1e-4;
  const double difference = here.chi2 - there.chi2;
  if (expected > parabola_below || !std::isfinite(difference)) return difference;
  double sum = 0.0;
  for (std::size_t k = 0; k < move.size(); ++k) sum += move[k] * (here.descent[k] + there.descent[k]);
  return sum;
}

}  // namespace velocal
