// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/core/progress.hpp"
#include "velocal/fit/curves/curve_settings.hpp"
#include "velocal/fit/problem/curves.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/model/flux_model.hpp"

namespace velocal {

/// Fits the amplitude of every pixel with the other parameters held at the ASIC's values: how far the pixels share one
/// shape. `model`: that of the pixels; with thresholds that count from the baseline it is the target that is held, and
/// `asic` is the fit above the baseline. Good: passes the test with n - 1 degrees of freedom and A > 0. All not found
/// when the ASIC's fit was not.
FixedFits fit_fixed(const Curves& pixels, const FluxModel& model, const CurveSettings& settings, const CurveFit& asic,
                    Progress& progress);

}  // namespace velocal
