// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <span>

#include "velocal/fit/problem/normal_equations.hpp"

namespace velocal {

/// By how much chi2 falls with the move from `here` to `there`; not finite where it is not finite at an end. Where the
/// fall is expected to be small, chi2 is a parabola along the move, and the slopes at both ends give it: a difference
/// would be rounding errors.
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
