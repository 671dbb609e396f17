// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"
#include "velocal/plot/kinds/fitted_curve.hpp"

// Colours, names and parameters of curves, and the room that these take.

namespace velocal {

struct CurveLooks {
  Colour points;
  Colour line;
};
/// Looks of one of so many curves in one panel.
CurveLooks looks_of(const PlottedScan& scan, std::size_t curve, std::size_t curves);

/// Lines of the legend beside the sample of the points, and beside that of the fit.
struct FluxLegend {
  std::vector<std::string> points;
  std::vector<std::string> line;  ///< empty without a fit: the reason is then with the points
};
FluxLegend flux_legend(const FittedCurve& curve, bool with_bars);

/// Room for the legends [points].
double legend_width(const std::vector<FittedCurve>& curves);
double legend_height(const std::vector<FittedCurve>& curves);

/// Whether the legend of the only curve fits into the lower left corner of a panel of this size [points], with no point
/// and no line running through it.
bool fits_below(const FittedCurve& curve, const Panel& panel, double width, double height);

/// The legends of all curves in a panel of their own, at the right of the figure.
Panel legend_panel(const PlottedScan& scan, const std::vector<FittedCurve>& curves, const Figure& figure);

}  // namespace velocal
