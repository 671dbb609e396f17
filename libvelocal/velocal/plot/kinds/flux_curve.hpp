// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/picture.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"
#include "velocal/plot/kinds/fitted_curve.hpp"

namespace velocal {

/// All curves in one panel, residuals and pulls below it. One curve has its parameters in the panel, several have them
/// beside it.
Figure flux_figure(const PlottedScan& scan, const std::vector<FittedCurve>& curves, FluxPanels below);

/// The panel of one curve, for a page of several panels. Its legend has E0 and chi2/ndf only.
Panel flux_panel(const PlottedScan& scan, const FittedCurve& curve, Panel placed);

}  // namespace velocal
