// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/spread_pixels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "velocal/core/error.hpp"

namespace velocal {

std::vector<Pixel> spread_pixels(const PlottedScan& scan, const PixelArea& area) {
  const auto& [centre, radius] = area;
  const double half = radius / 2.0;
  const std::array<std::array<double, 2>, 5> wanted{{{0, 0}, {half, 0}, {0, half}, {-half, 0}, {0, -half}}};
  std::vector<Pixel> chosen;
  for (const auto& [row, column] : wanted) {
    double nearest = std::numeric_limits<double>::infinity();
    Pixel best;
    for (std::size_t index = 0; index < pixel_count; ++index) {
      const Pixel pixel = Pixel::at(index);
      const double from_centre = std::hypot(pixel.row - centre.row, pixel.column - centre.column);
      if (from_centre > radius || !scan.fit->pixels.good(index) || std::ranges::count(chosen, pixel) > 0) continue;
      const double distance = std::hypot(pixel.row - centre.row - row, pixel.column - centre.column - column);
      if (distance >= nearest) continue;
      nearest = distance;
      best = pixel;
    }
    if (std::isfinite(nearest)) chosen.push_back(best);
  }
  if (chosen.empty()) {
    throw InputError(
        fmt::format("{} has no good pixel within {} of {},{}", scan.title, radius, centre.row, centre.column),
        fmt::format("{} of {} pixels are good", count_statuses(scan.fit->pixels).good, pixel_count),
        "Ask for a larger radius; the status heatmap shows where the good ones are");
  }
  return chosen;
}

Pixel lit_pixel(const PlottedScan& scan, Pixel wanted) {
  const PixelFits& fits = scan.fit->pixels;
  if (fits.good(wanted.index())) return wanted;
  const PixelMatrix<double> flux = total_flux(*scan.flux).value;
  const bool any_good = count_statuses(fits).good > 0;
  Pixel best = wanted;
  double highest = 0.0;
  for (std::size_t index = 0; index < pixel_count; ++index) {
    const bool taken = any_good ? fits.good(index) : fits.contributes(index);
    if (!taken || !(flux[index] > highest)) continue;
    highest = flux[index];
    best = Pixel::at(index);
  }
  return best;
}

}  // namespace velocal
