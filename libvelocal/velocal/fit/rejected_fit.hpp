// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal {

/// Parameters of a pixel whose fit has converged and was rejected, in the model's order and as results count them: maps
/// have good pixels only, so this makes the fit again, with start values from the points. Empty for a pixel that is not
/// bad, and where this fit does not end as a bad one with a minimum. `flux` is what `fit` was made from; throws
/// UsageError for a model that this process does not have, and as require_consistent() does.
std::vector<double> rejected_fit(const FluxCube& flux, const ScanFit& fit, std::size_t pixel);

}  // namespace velocal
