// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "velocal/fit/problem/curves.hpp"

namespace velocal {

/// Indices of so many curves, at most, spread evenly over those that are not skipped; ascending.
std::vector<std::size_t> spread_sample(const Curves& curves, std::size_t most);

}  // namespace velocal
