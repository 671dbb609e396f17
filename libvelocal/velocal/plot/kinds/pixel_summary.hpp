// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/plot/kinds/summary_rows.hpp"

namespace velocal {

/// Shares of the live pixels by status: a bar for each row.
SummaryPicture pixel_summary(const SummaryRows& scans);

}  // namespace velocal
