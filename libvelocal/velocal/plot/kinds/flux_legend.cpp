// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/flux_legend.hpp"

#include <algorithm>

#include "velocal/plot/figure/style.hpp"

namespace velocal {
namespace {

std::vector<std::string> all_lines(const std::vector<FittedCurve>& curves) {
  std::vector<std::string> lines;
  for (const FittedCurve& curve : curves) {
    const FluxLegend legend = flux_legend(curve, curves.size() == 1);
    lines.insert(lines.end(), legend.points.begin(), legend.points.end());
    lines.insert(lines.end(), legend.line.begin(), legend.line.end());
  }
  return lines;
}

}  // namespace

CurveLooks looks_of(const PlottedScan& scan, std::size_t curve, std::size_t curves) {
  if (curves == 1) return {style::black, style::scan_colour(scan.label)};
  const Colour colour = style::curve_colours[curve % style::curve_colours.size()];
  return {colour, colour};
}

FluxLegend flux_legend(const FittedCurve& curve, bool with_bars) {
  FluxLegend legend{{curve.name}, curve.fit_text};
  if (with_bars) legend.points.push_back(curve.bars);
  if (!curve.line.x.empty()) return legend;
  legend.points.insert(legend.points.end(), legend.line.begin(), legend.line.end());
  legend.line.clear();
  return legend;
}

double legend_width(const std::vector<FittedCurve>& curves) {
  return style::legend_width(all_lines(curves));
}

double legend_height(const std::vector<FittedCurve>& curves) {
  return style::legend_height(all_lines(curves).size());
}

bool fits_below(const FittedCurve& curve, const Panel& panel, double width, double height) {
  const double right = panel.x.from + legend_width({curve}) / width * (panel.x.to - panel.x.from);
  const double top = panel.y.from + legend_height({curve}) / height * (panel.y.to - panel.y.from);
  for (std::size_t i = 0; i < curve.data.threshold.size(); ++i) {
    if (curve.data.threshold[i] < right && curve.low[i] < top) return false;
  }
  for (std::size_t i = 0; i < curve.line.x.size(); ++i) {
    if (curve.line.x[i] < right && curve.line.y[i] < top) return false;
  }
  return true;
}

Panel legend_panel(const PlottedScan& scan, const std::vector<FittedCurve>& curves, const Figure& figure) {
  Panel panel{.left = 1.0 - legend_width(curves) / figure.width,
              .right = 1.0,
              .bottom = 0.02,
              .top = 1.0 - style::title_height / figure.height};
  panel.legend = LegendPlace::top_left;
  panel.legend_only = true;
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const CurveLooks looks = looks_of(scan, i, curves.size());
    const FluxLegend legend = flux_legend(curves[i], curves.size() == 1);
    Points sample;
    sample.colour = looks.points;
    panel.layers.push_back({std::move(sample), legend.points});
    panel.layers.push_back({Curve{{}, {}, {looks.line, 1.6, curves[i].line.stroke.dash}}, legend.line});
  }
  return panel;
}

}  // namespace velocal
