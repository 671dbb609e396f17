// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/fit/curves/curve_settings.hpp"
#include "velocal/fit/curves/fit_curves.hpp"
#include "velocal/fit/curves/residual_bins.hpp"
#include "velocal/fit/problem/curves.hpp"
#include "velocal/model/flux_model.hpp"

namespace velocal {

/// What fits of a true model leave of the counts, for want of hits: the bias of maximum likelihood, to first order.
/// Added to `bins` as excess with its live time, over up to 500 good curves, evenly spread. For a statistic that is
/// bias_corrected.
void add_residual_bias(const Curves& curves, const CurveFits& fits, const FluxModel& model,
                       const CurveSettings& settings, ResidualBins& bins);

}  // namespace velocal
