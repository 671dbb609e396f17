// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/noise/noise_estimator.hpp"

namespace velocal {

/// Estimator `censored`: maximum likelihood of a Gaussian bump with Poisson readings, of which a full counter says
/// "63 or more". All three are NaN without a hit, and where the likelihood has no maximum at a width between a
/// third of the step and the whole sweep (docs/physics.md, "The noise baseline").
NoiseEstimate censored_gaussian(const NoiseReadings& readings);

}  // namespace velocal
