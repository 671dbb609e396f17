// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/flux/flux_sums.hpp"

namespace velocal {

/// Dispersion of the counts: the variance of a pixel's counts between acquisitions of one threshold over their mean. It
/// is 1 for Poisson's distribution, and more where a photon counts more than once.
///
/// Over the pixels of each row of PixelGroup::rows, at each threshold with two good acquisitions or more, the sums of
/// the pixels' variances and of their means are divided. The value is the median of these, weighted by their
/// information n (G - 1)/(2 + 1/mu), with n pixels, G acquisitions and mu hits a pixel and acquisition: some noisy
/// pixels or a glitch do not move it. A row with a pixel of more than 0.6 of what the counter holds says nothing. NaN
/// where the weights add up to less than 400, an error of some 6 %.
Uncertain dispersion_between(const FluxCube& cube, const std::vector<std::vector<SummedAcquisition>>& acquisitions);

}  // namespace velocal
