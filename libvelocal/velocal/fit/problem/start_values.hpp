// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "velocal/descriptor/scan_settings.hpp"
#include "velocal/fit/problem/fit_problem.hpp"
#include "velocal/model/flux_model.hpp"

namespace velocal {

/// The values in the order of the model's parameters.
/// Throws UsageError naming those that the model lacks or that are missing.
std::vector<double> start_values(const NamedValues& values, const FluxModel& model);

/// Sets `parameters` to `start`, or where that is empty to start values from the problem's own points.
void set_start(const FitProblem& problem, std::span<const double> start, std::span<double> parameters);

}  // namespace velocal
