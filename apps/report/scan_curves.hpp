// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/reported_scan.hpp"

namespace velocal {

/// What a scan's results have for the chip as a whole: thresholds with their acquisitions and use, the curves of the
/// chip with their fits, stacked residuals, shared parameters, means, the budget of the uncertainty.
Json curves_json(const ReportedScan& scan);

}  // namespace velocal
