// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "velocal/fit/problem/evaluation.hpp"

namespace velocal {

/// Half the second derivatives of chi2 by the parameters [P, P], from differences of its first: the observed
/// information, of which J^T W J is the expectation. `here`: the normal equations at `parameters`, not those of
/// `scratch`, which is left elsewhere. Costs P evaluations. Not finite where chi2 is not.
NormalEquations::Matrix observed_information(const FitProblem& problem, std::span<const double> parameters,
                                             const NormalEquations& here, Evaluation& scratch);

}  // namespace velocal
