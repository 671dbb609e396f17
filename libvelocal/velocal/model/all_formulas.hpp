// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <tuple>

#include "velocal/model/f1.hpp"
#include "velocal/model/f1_0.hpp"
#include "velocal/model/f2s_0.hpp"
#include "velocal/model/f2sab.hpp"
#include "velocal/model/f4.hpp"
#include "velocal/model/fab.hpp"
#include "velocal/model/fab_0.hpp"
#include "velocal/model/timepix.hpp"

namespace velocal {

/// Our models: the registry and the kernels of each SIMD level are made from this list.
using AllFormulas = std::tuple<models::F1_0, models::F1, models::F2s_0, models::FAB_0, models::FAB, models::F2sAB,
                               models::F4, models::Timepix>;
inline constexpr std::size_t formula_count = std::tuple_size_v<AllFormulas>;

}  // namespace velocal
