// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/fit/curves/curve_settings.hpp"
#include "velocal/fit/problem/curves.hpp"
#include "velocal/fit/problem/threshold_use.hpp"
#include "velocal/model/flux_model.hpp"

namespace velocal {

/// Finds the thresholds that are wrong in all curves alike [T], from fits of 400 curves all over the chip.
///
/// The residual of a threshold is the curves' mean of their deviance residuals there, each cut to -3...3; where a fit
/// fails, the counts less the mean of their neighbours stand for them.
/// - A glitch: the residual is more than 0.7 off what it is at both neighbours together. The one furthest off is left
///   out, then the curves are fitted anew. Where more than a tenth of the thresholds would go, it is the model that
///   does not fit, and none is a glitch.
/// - Noise at the scan's beginning: the residual of the first threshold is above 0.4 and the one furthest off, and the
///   counts fall from there in a bend. It is left out, then those after it until the residual is below 0.15, and half
///   as many again, where noise goes on but cannot be told.
/// The bounds are wider where fewer curves than these are there. All thresholds are used where more than half would go,
/// there are fewer than 20 curves, the statistic is none of counts, or settings.robust is false.
/// `settings.background` is the background that is taken [hits/s]; empty: none.
std::vector<ThresholdUse> find_spoilt_thresholds(const Curves& curves, const FluxModel& model,
                                                 const CurveSettings& settings);

}  // namespace velocal
