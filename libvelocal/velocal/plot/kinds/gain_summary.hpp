// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/plot/kinds/summary_rows.hpp"

namespace velocal {

/// K of each row: mean with its error, ASIC, ASICgood. Bands: the reference -+ its systematic uncertainty, and the
/// design.
SummaryPicture gain_summary(const SummaryRows& scans);

}  // namespace velocal
