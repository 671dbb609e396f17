// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/fit/inference/parameter_covariance.hpp"

namespace velocal {

/// First-order bias of the maximum-likelihood estimates at few counts (Cox & Snell, J. R. Stat. Soc. B 30 (1968) 248),
/// for Poisson counts: b = -1/2 C sum_i (dmu_i/dtheta / mu_i) tr(C d2mu_i/dtheta2), with C = `covariance`, the inverse
/// of the expected information. `flux` and `gradient` are those at `parameters`; `scratch` has room for P + 2 values
/// a point. The second derivatives are differences over a tenth of the standard deviations.
ParameterVector likelihood_bias(const FitProblem& problem, std::span<const double> parameters,
                                const ParameterCovariance& covariance, std::span<const double> flux,
                                std::span<const double> gradient, std::span<double> scratch);

}  // namespace velocal
