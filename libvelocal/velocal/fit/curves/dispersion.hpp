// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/core/uncertain.hpp"
#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/fit/problem/curves.hpp"

namespace velocal {

/// Dispersion of the counts, their variance over Poisson's, from the smoothness of the curves: for curves of which only
/// sums over the acquisitions are known.
///
/// Of five neighbouring, equally spaced thresholds with live time the fourth difference
/// d = F1 - 4 F2 + 6 F3 - 4 F4 + F5 of a smooth curve is 0 but for the counts, whose variance is
/// (N1/L1^2 + 16 N2/L2^2 + ...) times the dispersion. At each place the sums over the curves of d^2 and of these
/// variances are divided; the value is the median over the places, weighted by their information, so that the few about
/// the line, where curves bend, do not count. Curves whose own quotient is more than five times the median of all are
/// left out: they are noisy. Skipped curves take no part. NaN where the information is below 400, an error of some 6 %.
Uncertain dispersion_of(const Curves& curves);

/// What variances are multiplied by: the dispersion with `dispersed`, but not less than 1; else 1, also where it is
/// NaN.
double dispersion_factor(Covariance covariance, Uncertain dispersion);

}  // namespace velocal
