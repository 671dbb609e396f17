// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/flux/flux_sums.hpp"

namespace velocal {

/// Makes acquisitions without a hit `good` where they can have none by chance, and leaves them `empty` where they are a
/// fault of the read-out. `acquisitions`: [T].
///
/// Let all n good and empty acquisitions of a threshold have N hits. Were they alike, N hits would leave out a given
/// one with the probability (1 - 1/n)^N: below 1e-6 it is a fault. Where no acquisition of a threshold has a hit, the
/// nearest thresholds that have some tell: with m hits an acquisition, the smaller mean of both sides, it is exp(-m).
/// Thresholds without a hit at the end of a scan are dark by chance.
void accept_chance(std::vector<std::vector<SummedAcquisition>>& acquisitions);

}  // namespace velocal
