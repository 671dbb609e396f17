// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <tuple>

#include "velocal/fit/problem/neyman.hpp"
#include "velocal/fit/problem/poisson.hpp"

namespace velocal {

/// Our statistics: the registry and the kernels of each SIMD level are made from this list.
using AllStatistics = std::tuple<Neyman, Poisson>;
inline constexpr std::size_t statistic_count = std::tuple_size_v<AllStatistics>;

}  // namespace velocal
