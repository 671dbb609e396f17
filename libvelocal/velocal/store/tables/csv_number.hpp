// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace velocal {

/// The shortest text that reads back as the same number; `nan` where undefined, whatever the sign of the NaN.
inline std::string csv_number(double value) {
  return std::isnan(value) ? "nan" : fmt::format("{}", value);
}

}  // namespace velocal
