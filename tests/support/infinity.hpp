// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>

namespace velocal::test {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace velocal::test
