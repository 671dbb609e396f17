// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "velocal/fit/minimise/minimiser.hpp"

namespace velocal {

/// Newton's method with the observed information, damped as Levenberg-Marquardt's is: the
/// normal equations leave out the second derivatives of the model, and where their matrix is singular these are all
/// there is. For starts near a minimum:
/// each step costs P + 1 evaluations or more. Given up once `max_evaluations` are made; the other arguments are those
/// of Minimiser::minimise().
///
/// Converged at a minimum, where the observed information is positive definite, when the last step was expected to
/// lower chi2 by less than 1e-12.
MinimiserResult newton_descent(const FitProblem& problem, std::span<double> parameters, Evaluation& at,
                               int max_evaluations);

}  // namespace velocal
