// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace velocal {

/// Mean of the Poisson distribution that gives `count` > 0 or more with this probability, in (0, 1).
double poisson_mean_reaching(std::uint32_t count, double probability);

}  // namespace velocal
