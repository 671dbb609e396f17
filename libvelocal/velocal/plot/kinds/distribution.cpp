// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/distribution.hpp"

#include <fmt/format.h>

#include <cmath>

#include "velocal/core/error.hpp"
#include "velocal/core/histogram.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/plot/figure/style.hpp"
#include "velocal/plot/kinds/chi2_distribution.hpp"
#include "velocal/plot/kinds/collection_panels.hpp"
#include "velocal/plot/kinds/discrepancy.hpp"

namespace velocal {
namespace {

void add_line(Panel& panel, Uncertain value, const Stroke& stroke, const std::string& name, const std::string& unit) {
  if (!std::isfinite(value.value)) return;
  const bool beyond = value.value < panel.x.from || value.value > panel.x.to;
  panel.layers.push_back({VerticalLine{value.value, stroke},
                          {fmt::format("{} {}{}", name, style::measured(value, unit), beyond ? ", beyond" : "")}});
}

/// The values against normal quantiles.
Figure normal_figure(const PlottedScan& scan, const PixelQuantity& quantity) {
  CollectionEntry entry{.name = scan.label, .group = scan.group, .label = scan.label};
  entry.colour = style::scan_colour(scan.label);
  entry.quantity = quantity;
  entry.values = finite_values(quantity.value.values());
  entry.found = moments(entry.values);
  Figure figure{.title = fmt::format("{}: {} against normal quantiles", scan.title, quantity.symbol), .subtitle = {}};
  figure.subtitle = fmt::format("{} {}", entry.found.count, quantity.pixels);
  figure.numbers = {{"skewness", {entry.found.skewness, undefined}},
                    {"excess_kurtosis", {entry.found.kurtosis, undefined}}};
  Panel panel;
  style::place(panel, figure, {0, 0}, {1, 1}, {.top = 6.0});
  figure.panels.push_back(normal_panel({std::move(entry)}, std::move(panel)));
  return figure;
}

void add_discrepancies(const PlottedScan& scan, std::vector<Picture>& pictures) {
  for (const std::string_view name : {quantity::target, quantity::gain}) {
    const PixelQuantity quantity = find_quantity(scan, name);
    for (const AsicReference reference : {AsicReference::asic, AsicReference::asic_good}) {
      if (quantity.of(reference).error >= 0.0) pictures.push_back(discrepancy_picture(scan, quantity, reference));
    }
  }
}

}  // namespace

std::vector<Picture> distribution_pictures(const PlottedScan& scan, const PictureRequest& request) {
  require_one_parameter(request);
  if (request.qq && request.discrepancy) {
    throw UsageError("--qq and --discrepancy are two pictures of a distribution", {}, "Ask for one after the other");
  }
  const bool chosen = !request.parameters.empty();
  std::vector<Picture> pictures;
  for (const std::string& name : chosen ? request.parameters : quantity_names(scan)) {
    if (name == quantity::status) {
      throw UsageError("the status has no distribution", "it is no number", "Draw its heatmap");
    }
    const PixelQuantity quantity = find_quantity(scan, name);
    if (request.qq) {
      pictures.push_back({"distribution-" + name + "-qq", [=] { return normal_figure(scan, quantity); }});
    } else if (!request.discrepancy) {
      pictures.push_back({"distribution-" + name, [=] { return distribution(scan, quantity); }});
    } else if (chosen || has_discrepancy(name)) {
      pictures.push_back(discrepancy_picture(scan, quantity, *request.discrepancy));
    }
  }
  if (request.all && scan.calibration != nullptr) add_discrepancies(scan, pictures);
  return pictures;
}

Panel distribution_panel(const PlottedScan& scan, const PixelQuantity& quantity, const Figure& figure, Panel panel) {
  const std::vector<double> values = finite_values(quantity.value.values());
  const Histogram bins = histogram(values);
  const Moments found = moments(values);
  const Colour colour = style::scan_colour(scan.label);
  panel.x = {style::axis_label(quantity.symbol, quantity.unit), bins.edges.front(), bins.edges.back()};
  panel.y.label = style::bin_label(bins.width(), quantity.unit);
  std::vector<std::string> legend{fmt::format("{} {}", found.count, quantity.pixels)};
  if (bins.outside > 0) legend.push_back(fmt::format("{} beyond the axis", bins.outside));
  panel.layers.push_back(style::steps(bins, {colour, 1.0}, style::lighter(colour), legend));
  add_line(panel, {found.mean, found.mean_error}, {style::black, 1.4, Dash::solid}, "mean", quantity.unit);
  if (values.size() > 1) {
    panel.layers.back().legend.push_back(fmt::format("std. dev. {:#.4g}", found.standard_deviation));
  }
  add_line(panel, quantity.asic, {style::black, 1.2, Dash::dashed}, "ASIC", quantity.unit);
  add_line(panel, quantity.asic_good, {style::black, 1.2, Dash::dotted}, "ASICgood", quantity.unit);
  style::leave_room(panel, figure, bins.highest());
  return panel;
}

Figure distribution(const PlottedScan& scan, const PixelQuantity& quantity) {
  Figure figure{.title = fmt::format("{}: {}", scan.title, quantity.symbol), .subtitle = {}};
  Panel panel;
  style::place(panel, figure, {0, 0}, {1, 1});
  const Moments found = moments(finite_values(quantity.value.values()));
  figure.panels.push_back(quantity.name == quantity::chi2_ndf ? chi2_panel(scan, figure, panel)
                                                              : distribution_panel(scan, quantity, figure, panel));
  figure.subtitle = found.count == 0
                        ? "no pixel has a value"
                        : fmt::format("mean {}", style::measured({found.mean, found.mean_error}, quantity.unit));
  figure.numbers = {{"mean", {found.mean, found.mean_error}},
                    {"standard_deviation", {found.standard_deviation, undefined}},
                    {"pixels", {static_cast<double>(found.count), undefined}},
                    {"ASIC", quantity.asic},
                    {"ASICgood", quantity.asic_good}};
  return figure;
}

}  // namespace velocal
