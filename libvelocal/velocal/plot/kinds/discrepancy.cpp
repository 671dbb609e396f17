// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/discrepancy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "velocal/core/error.hpp"
#include "velocal/core/histogram.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/plot/figure/status_categories.hpp"
#include "velocal/plot/figure/style.hpp"

namespace velocal {
namespace {

constexpr double shown = 10.0, inner = 3.0;  ///< standard deviations
constexpr std::size_t bin_count = 100;

/// How many pixels are within the inner part, have a value at all, are live.
struct InnerPart {
  std::size_t pixels = 0;
  std::size_t with_value = 0;
  std::size_t live = 0;
};

InnerPart inner_part(const PlottedScan& scan, const std::vector<double>& values) {
  const auto within = std::ranges::count_if(values, [](double value) { return std::abs(value) <= inner; });
  return {static_cast<std::size_t>(within), values.size(), live_pixels(count_statuses(scan.fit->pixels))};
}

Histogram middle(const Histogram& all) {
  Histogram part = all;
  for (std::size_t bin = 0; bin < part.contents.size(); ++bin) {
    const double centre = 0.5 * (part.edges[bin] + part.edges[bin + 1]);
    if (std::abs(centre) > inner) part.contents[bin] = 0.0;
  }
  return part;
}

}  // namespace

bool has_discrepancy(std::string_view quantity) {
  return quantity != quantity::chi2_ndf && quantity != quantity::flux;
}

void require_one_parameter(const PictureRequest& request) {
  if (!request.discrepancy || !std::holds_alternative<double>(*request.discrepancy)) return;
  if (request.parameters.size() == 1) return;
  throw UsageError(fmt::format("--discrepancy {} needs one parameter", reference_name(*request.discrepancy)),
                   "a number is compared with the values of one", "Name it with --param");
}

std::string discrepancy_label(const PixelQuantity& quantity, const DiscrepancyReference& reference) {
  const std::string symbol = reference_symbol(reference);
  if (std::holds_alternative<double>(reference)) return fmt::format("({0} − {1})/u({0})", quantity.symbol, symbol);
  return fmt::format("({0} − {1})/√(u² + u²({1}))", quantity.symbol, symbol);
}

std::vector<double> discrepancies(const PixelQuantity& quantity, const DiscrepancyReference& reference) {
  const Uncertain asic = quantity.of(reference);
  if (!has_discrepancy(quantity.name)) {
    throw UsageError(fmt::format("there is no discrepancy of {}", quantity.name),
                     "it needs a value of the ASIC and uncertainties", "Ask for a parameter of the model, target or K");
  }
  if (!std::isfinite(asic.value) || !std::isfinite(asic.error)) {
    throw InputError(fmt::format("{} has no {}", reference_symbol(reference), quantity.name), "its fit was not found",
                     "Ask for the other reference, or see what the fit said of the ASIC");
  }
  std::vector<double> values(pixel_count, undefined);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const double error = std::hypot(quantity.error[pixel], asic.error);
    if (std::isfinite(error) && error > 0.0) values[pixel] = (quantity.value[pixel] - asic.value) / error;
  }
  return values;
}

Panel discrepancy_panel(const PlottedScan& scan, const PixelQuantity& quantity, const DiscrepancyReference& reference,
                        const Figure& figure, Panel panel) {
  const std::vector<double> values = finite_values(discrepancies(quantity, reference));
  const Histogram bins = histogram(values, {-shown, shown}, bin_count);
  const InnerPart part = inner_part(scan, values);
  const auto count = static_cast<double>(part.pixels);
  const Colour colour = style::scan_colour(scan.label);
  panel.x = {discrepancy_label(quantity, reference), -shown, shown};
  panel.y.label = fmt::format("pixels / {:.4g}", bins.width());
  std::vector<std::string> all{fmt::format("{} {}", values.size(), quantity.pixels)};
  if (bins.outside > 0) all.push_back(fmt::format("{} beyond ±10", bins.outside));
  const std::vector<std::string> inside{
      "within ±3:", style::percent(count, static_cast<double>(part.with_value)) + " of these",
      style::percent(count, static_cast<double>(part.live)) + " of the live pixels"};
  panel.layers = {style::steps(bins, {style::grey, 1.0}, style::light_grey, all),
                  style::steps(middle(bins), {colour, 1.0}, style::lighter(colour, 0.5), inside)};
  style::leave_room(panel, figure, bins.highest());
  return panel;
}

Figure discrepancy_figure(const PlottedScan& scan, const PixelQuantity& quantity,
                          const DiscrepancyReference& reference) {
  Figure figure{.title = fmt::format("{}: {} against {}", scan.title, quantity.symbol, reference_symbol(reference)),
                .subtitle = {}};
  Panel panel;
  style::place(panel, figure, {0, 0}, {1, 1});
  figure.panels.push_back(discrepancy_panel(scan, quantity, reference, figure, panel));
  const std::vector<double> values = finite_values(discrepancies(quantity, reference));
  const InnerPart part = inner_part(scan, values);
  const Moments found = moments(values);
  figure.subtitle = fmt::format("{} within ±3 standard deviations",
                                style::percent(static_cast<double>(part.pixels), static_cast<double>(part.with_value)));
  figure.numbers = {{"within_3", {static_cast<double>(part.pixels), undefined}},
                    {"pixels", {static_cast<double>(part.with_value), undefined}},
                    {"live_pixels", {static_cast<double>(part.live), undefined}},
                    {"mean", {found.mean, found.mean_error}},
                    {"standard_deviation", {found.standard_deviation, undefined}}};
  return figure;
}

Picture discrepancy_picture(const PlottedScan& scan, const PixelQuantity& quantity,
                            const DiscrepancyReference& reference) {
  discrepancies(quantity, reference);  // throws now
  return {fmt::format("distribution-{}-discrepancy-{}", quantity.name, reference_name(reference)),
          [=] { return discrepancy_figure(scan, quantity, reference); }};
}

}  // namespace velocal
