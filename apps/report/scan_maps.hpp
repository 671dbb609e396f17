// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/report_arrays.hpp"
#include "report/reported_scan.hpp"

namespace velocal {

/// What a scan's results have for each pixel: "maps", statuses and reasons, counts at each threshold, origins of the
/// lines, and parameters of fits that were rejected. `scan` has to live until the arrays are packed.
Json pixels_json(const ReportedScan& scan, ReportArrays& arrays, int threads);

}  // namespace velocal
