// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// chi2/ndf of the fits that converged, those of the good pixels coloured, and the expectation.
Panel chi2_panel(const PlottedScan& scan, const Figure& figure, Panel placed);

}  // namespace velocal
