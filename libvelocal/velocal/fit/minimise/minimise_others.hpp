// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal {

/// Minimises with parameter `held` at its value in `parameters`; the others: start values in, values at the minimum
/// out. `minimiser` serves models of one parameter less. `at`: that of the others, out.
MinimiserResult minimise_others(Minimiser& minimiser, const FitProblem& problem, std::span<double> parameters,
                                std::size_t held, Evaluation& at);

}  // namespace velocal
