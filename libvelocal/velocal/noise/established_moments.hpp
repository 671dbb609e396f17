// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/noise/noise_estimator.hpp"

namespace velocal {

/// Estimator `established`: what the equalisation's own programs compute. The mean is cut to an integer, half a DAC too
/// low on average, and the width is taken about that integer.
NoiseEstimate established_moments(const NoiseReadings& readings);

}  // namespace velocal
