// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/heatmap.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/core/sample.hpp"
#include "velocal/plot/figure/status_categories.hpp"
#include "velocal/plot/figure/style.hpp"

namespace velocal {
namespace {

/// A figure with one square panel, and room for a scale or a legend at its right.
Figure square_figure(const std::string& title, Panel panel) {
  Figure figure{.width = 440.0, .height = 372.0, .title = title, .subtitle = {}};
  constexpr double side = 282.0, left = 50.0, bottom = 44.0;
  panel.left = left / figure.width;
  panel.right = (left + side) / figure.width;
  panel.bottom = bottom / figure.height;
  panel.top = (bottom + side) / figure.height;
  figure.panels.push_back(std::move(panel));
  return figure;
}

Panel pixel_panel() {
  Panel panel;
  panel.x = style::pixel_axis("Pixel column");
  panel.y = style::pixel_axis("Pixel row");
  return panel;
}

/// Index of the pixel's category; NaN where there is nothing to be fitted.
double category_of(const PixelFits& fits, std::size_t pixel) {
  const auto reason = static_cast<StatusReason>(fits.reason[pixel]);
  if (reason == StatusReason::masked || reason == StatusReason::outside_group) return undefined;
  switch (fits.status_of(pixel)) {
    case PixelStatus::good: return 0.0;
    case PixelStatus::bad: return 1.0;
    case PixelStatus::not_found: return 2.0;
    case PixelStatus::cut: return 3.0;
  }
  return undefined;
}

Picture hits_picture(const PlottedScan& scan, const PictureRequest& request) {
  return {fmt::format("heatmap-hits-{}", *request.threshold),
          [title = scan.title, quantity = hits_at(scan, *request.threshold), request] {
            return heatmap(title, quantity, request.palette, request.colours);
          }};
}

Picture map_picture(const PlottedScan& scan, const std::string& name, const PictureRequest& request) {
  if (name == quantity::status && scan.fit != nullptr) {
    return {"heatmap-status", [scan] { return status_map(scan.title, scan.fit->pixels); }};
  }
  return {"heatmap-" + name, [title = scan.title, quantity = find_quantity(scan, name), request] {
            return heatmap(title, quantity, request.palette, request.colours);
          }};
}

}  // namespace

std::vector<Picture> heatmap_pictures(const PlottedScan& scan, const PictureRequest& request) {
  std::vector<std::string> names = request.parameters;
  if (names.empty() && !request.threshold) {
    names = quantity_names(scan);
    if (scan.fit != nullptr) names.emplace_back(quantity::status);
  }
  std::vector<Picture> pictures;
  for (const std::string& name : names) pictures.push_back(map_picture(scan, name, request));
  if (request.threshold) pictures.push_back(hits_picture(scan, request));
  if (request.colours && pictures.size() != 1) {
    throw UsageError("one range of colours for several maps", "each has values of its own", "Ask for one with --param");
  }
  return pictures;
}

PixelQuantity hits_at(const PlottedScan& scan, int threshold) {
  const FluxCube& cube = *scan.flux;
  const auto found = std::ranges::find(cube.threshold, threshold);
  if (found == cube.threshold.end()) {
    throw UsageError(
        fmt::format("{} has no threshold {}", scan.title, threshold),
        fmt::format("it has {} from {} to {}", cube.threshold_count(), cube.threshold.front(), cube.threshold.back()),
        "Ask for one of these");
  }
  PixelQuantity quantity{
      .name = "hits", .symbol = fmt::format("Hits at {} DAC", threshold), .unit = "", .pixels = "live pixels"};
  const auto counts = cube.counts_at(static_cast<std::size_t>(found - cube.threshold.begin()));
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (contributes(pixel, cube.mask, scan.group, cube.separation)) quantity.value[pixel] = counts[pixel];
  }
  return quantity;
}

Panel heatmap_panel(const PixelQuantity& quantity, Palette palette, std::optional<Range> colours) {
  const Range range = colours.value_or(central_range(finite_values(quantity.value.values())));
  Panel panel = pixel_panel();
  panel.layers.push_back(
      {Image{quantity.value, range.from, range.to, palette, style::axis_label(quantity.symbol, quantity.unit)}});
  return panel;
}

Panel status_panel(const PixelFits& fits) {
  const StatusCounts counts = count_statuses(fits);
  const std::size_t live = live_pixels(counts);
  CategoryImage image;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) image.category[pixel] = category_of(fits, pixel);
  Panel panel = pixel_panel();
  panel.legend = LegendPlace::right_of_panel;
  std::vector<Layer> swatches;
  for (const StatusCategory& category : status_categories(counts)) {
    image.colours.emplace_back(category.colour);
    const std::string share = style::percent(static_cast<double>(category.pixels), static_cast<double>(live));
    swatches.push_back({Swatch{category.colour}, {category.name, share}});
  }
  swatches.push_back({Swatch{style::light_grey}, {"masked", fmt::format("{} pixels", counts.masked)}});
  if (counts.outside > 0) swatches.back().legend = {"masked or", "not in group"};
  panel.layers.push_back({std::move(image)});
  panel.layers.insert(panel.layers.end(), swatches.begin(), swatches.end());
  return panel;
}

Figure heatmap(const std::string& title, const PixelQuantity& quantity, Palette palette, std::optional<Range> colours) {
  Figure figure = square_figure(title, heatmap_panel(quantity, palette, colours));
  const Moments found = moments(finite_values(quantity.value.values()));
  if (found.count == 0) {
    figure.subtitle = fmt::format("{}: no pixel has a value", quantity.symbol);
  } else {
    figure.subtitle = fmt::format("{}: mean {}, std. dev. {:#.3g}, {} {}", quantity.symbol,
                                  style::measured({found.mean, found.mean_error}, quantity.unit),
                                  found.standard_deviation, found.count, quantity.pixels);
  }
  figure.numbers = {{"mean", {found.mean, found.mean_error}},
                    {"standard_deviation", {found.standard_deviation, undefined}},
                    {"pixels", {static_cast<double>(found.count), undefined}}};
  return figure;
}

Figure status_map(const std::string& title, const PixelFits& fits) {
  Figure figure = square_figure(title, status_panel(fits));
  const StatusCounts counts = count_statuses(fits);
  const std::size_t live = live_pixels(counts);
  figure.subtitle = fmt::format("Status: {} of {} live pixels good", counts.good, live);
  for (const StatusCategory& category : status_categories(counts)) {
    figure.numbers.push_back({category.name, {static_cast<double>(category.pixels), undefined}});
  }
  return figure;
}

}  // namespace velocal
