// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>

namespace velocal {

inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();  ///< NaN

/// A value with its standard uncertainty, both in the same unit; NaN where undefined.
struct Uncertain {
  double value = undefined;
  double error = undefined;
};

}  // namespace velocal
