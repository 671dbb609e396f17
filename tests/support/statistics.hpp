// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "velocal/fit/problem/statistic.hpp"

namespace velocal::test {

inline const std::array<std::string, 2> statistic_names{"neyman", "poisson"};

inline const Statistic& statistic(std::string_view name) {
  return StatisticRegistry::instance().get(name);
}

}  // namespace velocal::test
