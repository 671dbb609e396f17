// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include "velocal/model/flux_model.hpp"

namespace velocal {

/// Parameters, and their covariance [P, P]; without heap memory up to max_parameters.
using ParameterVector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, static_cast<int>(max_parameters), 1>;
using ParameterCovariance = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, static_cast<int>(max_parameters),
                                          static_cast<int>(max_parameters)>;

}  // namespace velocal
