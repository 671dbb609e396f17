// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace velocal {

/// What a point, or a pack of points, adds to the normal equations.
template <class Real>
struct WeightedPoints {
  Real term;    ///< of chi2
  Real weight;  ///< W
  Real pull;    ///< W r
};

}  // namespace velocal
