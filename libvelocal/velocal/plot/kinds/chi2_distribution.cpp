// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/chi2_distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "velocal/core/histogram.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/fit/expected_chi2.hpp"
#include "velocal/plot/figure/style.hpp"

namespace velocal {

Panel chi2_panel(const PlottedScan& scan, const Figure& figure, Panel panel) {
  const PixelFits& fits = scan.fit->pixels;
  const PixelQuantity quantity = find_quantity(scan, quantity::chi2_ndf);
  std::vector<double> good;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (fits.good(pixel) && std::isfinite(quantity.value[pixel])) good.push_back(quantity.value[pixel]);
  }
  const std::vector<double> all = finite_values(quantity.value.values());
  const Histogram bins = histogram(all);
  const Histogram good_bins = histogram_like(bins, good);
  const std::vector<double> expected = expected_chi2(*scan.fit, scan.flux, bins.edges);
  const Colour colour = style::scan_colour(scan.label);
  panel.x = {quantity.symbol, bins.edges.front(), bins.edges.back()};
  panel.y.label = style::bin_label(bins.width(), "");
  std::vector<std::string> legend{fmt::format("{} fits converged", all.size())};
  if (bins.outside > 0) legend.push_back(fmt::format("{} beyond the axis", bins.outside));
  panel.layers = {
      style::steps(bins, {style::grey, 1.0}, style::light_grey, legend),
      style::steps(good_bins, {colour, 1.0}, style::lighter(colour), {fmt::format("{} of them good", good.size())})};
  double highest = bins.highest();
  if (!expected.empty()) {
    highest = std::max(highest, *std::ranges::max_element(expected));
    Curve curve{.x = {}, .y = expected, .stroke = {style::black, 1.6}};
    for (std::size_t bin = 0; bin < expected.size(); ++bin) {
      curve.x.push_back(0.5 * (bins.edges[bin] + bins.edges[bin + 1]));
    }
    panel.layers.push_back({std::move(curve), {"expected"}});
  }
  style::leave_room(panel, figure, highest);
  return panel;
}

}  // namespace velocal
