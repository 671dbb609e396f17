// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/flux_pictures.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "velocal/core/error.hpp"
#include "velocal/plot/kinds/flux_curve.hpp"
#include "velocal/plot/kinds/spread_pixels.hpp"

namespace velocal {
namespace {

constexpr std::size_t most_curves = 8;
constexpr Pixel chip_middle{127, 128};

std::string curves_name(const PictureRequest& request) {
  std::string name = "flux";
  for (const Pixel pixel : request.pixels) name += fmt::format("-{}-{}", pixel.row, pixel.column);
  if (request.area) {
    name += fmt::format("-area-{}-{}-{}", request.area->centre.row, request.area->centre.column, request.area->radius);
  }
  if (request.asic) name += "-asic";
  if (request.asic_good) name += "-asic-good";
  return name;
}

std::vector<FittedCurve> requested_curves(const PictureRequest& request, const PlottedScan& scan) {
  std::vector<Pixel> pixels = request.pixels;
  if (request.area) {
    const auto spread = spread_pixels(scan, *request.area);
    pixels.insert(pixels.end(), spread.begin(), spread.end());
  }
  std::vector<FittedCurve> curves;
  for (const Pixel pixel : pixels) curves.push_back(fitted_pixel(scan, pixel));
  if (request.asic) curves.push_back(fitted_asic(*scan.fit, false));
  if (request.asic_good) curves.push_back(fitted_asic(*scan.fit, true));
  if (curves.size() > most_curves) {
    throw UsageError(fmt::format("{} curves in one picture", curves.size()),
                     fmt::format("more than {} cannot be told apart", most_curves), "Draw several pictures");
  }
  return curves;
}

Picture flux_picture(const PlottedScan& scan, const PictureRequest& request) {
  return {curves_name(request), [scan, curves = requested_curves(request, scan), below = request.below] {
            return flux_figure(scan, curves, below);
          }};
}

/// Around the chip_middle, or around the source where that shines elsewhere.
PixelArea usual_area(const PlottedScan& scan) {
  constexpr double radius = 100.0;
  for (std::size_t index = 0; index < pixel_count; ++index) {
    const Pixel pixel = Pixel::at(index);
    const double distance = std::hypot(pixel.row - chip_middle.row, pixel.column - chip_middle.column);
    if (distance <= radius && scan.fit->pixels.good(index)) return {chip_middle, radius};
  }
  return {lit_pixel(scan, chip_middle), radius};
}

std::vector<Picture> usual_pictures(const PlottedScan& scan) {
  constexpr FluxPanels below{.residuals = false, .pulls = true};
  std::vector<Picture> pictures{flux_picture(scan, {.asic = true, .below = below}),
                                flux_picture(scan, {.asic_good = true, .below = below})};
  if (count_statuses(scan.fit->pixels).good > 0) {
    pictures.push_back(flux_picture(scan, {.area = usual_area(scan), .below = below}));
  }
  return pictures;
}

}  // namespace

std::vector<Picture> flux_pictures(const PlottedScan& scan, const PictureRequest& request) {
  if (request.all) return usual_pictures(scan);
  PictureRequest asked = request;
  if (asked.pixels.empty() && !asked.area && !asked.asic && !asked.asic_good)
    asked.pixels = {lit_pixel(scan, chip_middle)};
  return {flux_picture(scan, asked)};
}

}  // namespace velocal
