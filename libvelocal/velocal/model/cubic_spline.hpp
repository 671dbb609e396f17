// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

namespace velocal::diffusion {

/// Splines through values at n knots, [n + 2] coefficients as in cubic_spline_weights.hpp; a column is a spline. At the
/// ends the curvature is that of the cubic through the four outermost values, so that cubics come back as they were.
/// n >= 4.
Eigen::MatrixXd spline_coefficients(const Eigen::MatrixXd& values);

/// Coefficients of the same splines over 2 n - 1 knots, half as far apart.
Eigen::MatrixXd refined_spline(const Eigen::MatrixXd& coefficients);

/// Values of the splines at their knots.
Eigen::MatrixXd spline_values(const Eigen::MatrixXd& coefficients);

}  // namespace velocal::diffusion
