// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/core/progress.hpp"
#include "velocal/fit/pixel_fitter.hpp"
#include "velocal/fit/scan_fit.hpp"

namespace velocal {

/// Fits the amplitude of every pixel with the other parameters held at the ASIC's values: how far the pixels share one
/// shape. Good: passes the test with n - 1 degrees of freedom and A > 0. All not found when the ASIC's fit was not.
FixedFits fit_fixed(const PixelFitPlan& plan, const CurveFit& asic, int threads, Progress& progress);

}  // namespace velocal
