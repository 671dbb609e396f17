// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "velocal/model/flux_model.hpp"

namespace velocal {

/// The function to be minimised and its quadratic approximation at one point of the parameter space.
struct NormalEquations {
  using Vector = std::array<double, max_parameters>;
  using Matrix = std::array<Vector, max_parameters>;  ///< symmetric; only the lower triangle is set
  double chi2;                                        ///< not finite where a flux is forbidden
  Vector descent;                                     ///< J^T W r
  Matrix normal;                                      ///< J^T W J
};

}  // namespace velocal
