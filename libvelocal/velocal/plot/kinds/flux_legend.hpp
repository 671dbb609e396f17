// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/plot/kinds/flux_curve.hpp"

// Names and parameters of curves, and the room that they take.

namespace velocal {

/// Lines of the legend beside the sample of the points, and of the fit.
struct FluxLegend {
  std::vector<std::string> points;
  std::vector<std::string> line;  ///< empty without a fit, whose reason is then with the points
};
FluxLegend flux_legend(const FittedCurve& curve, bool with_bars);

/// Room for the legends [points].
double legend_width(const std::vector<FittedCurve>& curves);
double legend_height(const std::vector<FittedCurve>& curves);

/// No point and no line runs through the legend of the only curve in the lower left corner of a panel of this size
/// [points].
bool fits_below(const FittedCurve& curve, const Panel& panel, double width, double height);

}  // namespace velocal
