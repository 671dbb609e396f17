// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <optional>

#include "velocal/fit/normal_equations.hpp"

namespace velocal {

/// Parameters, and their covariance [P, P]; without heap memory up to max_parameters.
using ParameterVector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, static_cast<int>(max_parameters), 1>;
using ParameterCovariance = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, static_cast<int>(max_parameters),
                                          static_cast<int>(max_parameters)>;

/// (J^T W J)^-1 of the normal equations at a minimum: the covariance called "absolute". Empty when the points do not
/// determine the parameters: the matrix, scaled to unit diagonal, has a reciprocal condition number below 1e-13.
std::optional<ParameterCovariance> parameter_covariance(const NormalEquations& at_minimum, std::size_t parameters);

}  // namespace velocal
