// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "velocal/fit/problem/fit_problem.hpp"

namespace velocal {

/// Whether the parameters mean something: within the model's domain, and the line within the scan [DAC], or within the
/// problem's thresholds. Where the statistic is bounded, a parameter that may vanish may stand at its bound.
bool in_domain(const FitProblem& problem, std::span<const double> parameters, double scan_begin, double scan_end);
bool in_domain(const FitProblem& problem, std::span<const double> parameters);

/// Whether the line's error [DAC] is below 0.15 of the scan's range: a line anywhere in the scan, each place as likely,
/// is known to 0.29 of the range without any measurement.
bool determines_line(double error, double range);

}  // namespace velocal
