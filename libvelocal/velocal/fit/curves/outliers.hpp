// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>

#include "velocal/fit/problem/fit_problem.hpp"

namespace velocal {

/// A point is an outlier where its deviance residual is beyond this, upwards or downwards: so are 7 of a million points
/// of true curves.
inline constexpr double outlier_bound = 4.5;

/// The most points that a fit leaves out.
inline constexpr std::size_t most_outliers = 8;

/// How many points a fit of so many may leave out: a twentieth, at least one.
std::size_t outliers_allowed(std::size_t points);

/// The point whose residual is largest, if that is beyond the bound. `flux` [n]: that of the fit; `dispersion`: what
/// the square of a residual is to be divided by.
std::optional<std::size_t> largest_outlier(const FitProblem& problem, std::span<const double> flux,
                                           double dispersion = 1.0);

}  // namespace velocal
