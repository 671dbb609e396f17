// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/report_arrays.hpp"
#include "velocal/fit/scan_fit.hpp"

namespace velocal {

/// The model of a scan's fits, for a page that draws them: names and units of its parameters, what the chip shares, the
/// source's lines. Models whose formula the page does not know come as a table over the good pixels' parameters: the
/// flux per unit of the amplitude, at Chebyshev nodes along each axis, and finely along u = E/E0, both above the
/// origin.
Json model_json(const ScanFit& fit, ReportArrays& arrays);

}  // namespace velocal
