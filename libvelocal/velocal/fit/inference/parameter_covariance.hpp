// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "velocal/fit/problem/normal_equations.hpp"
#include "velocal/fit/problem/parameter_matrix.hpp"

namespace velocal {

/// Reciprocal condition number below which the points do not determine the parameters: the inverse has no digits.
inline constexpr double singular = 1e-13;
/// Below this one, the uncertainties come from where the fit stopped, within some 1e-5 of them from the minimum.
inline constexpr double nearly_singular = 1e-8;

/// Inverse of the information of the points about the parameters at a minimum, J^T W J or the observed one: the
/// covariance called "absolute". Empty when the matrix is not positive definite or, scaled to unit diagonal, has a
/// reciprocal condition number below `smallest_condition`.
std::optional<ParameterCovariance> parameter_covariance(const NormalEquations::Matrix& information,
                                                        std::size_t parameters, double smallest_condition = singular);

}  // namespace velocal
