// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/noise/noise_estimator.hpp"

namespace velocal {

/// Estimator `moments`: mean and width of the hits over the thresholds, error width/sqrt(N). The mean of a bump that
/// the counter cuts off at the top is unbiased, its width too large.
NoiseEstimate noise_moments(const NoiseReadings& readings);

}  // namespace velocal
