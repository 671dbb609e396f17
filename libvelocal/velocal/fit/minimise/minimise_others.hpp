// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal {

/// Minimises with parameter `held` at its value in `parameters`; the others: start values in, values at the minimum
/// out. `minimiser` serves models of one parameter less. `flux` [n], `gradient` [P n]: workspace. `equations`: those of
/// the others, out.
MinimiserResult minimise_others(Minimiser& minimiser, const FitProblem& problem, std::span<double> parameters,
                                std::size_t held, std::span<double> flux, std::span<double> gradient,
                                NormalEquations& equations);

}  // namespace velocal
