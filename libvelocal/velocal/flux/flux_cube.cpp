// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/flux_cube.hpp"

#include <cmath>

#include "velocal/core/uncertain.hpp"

namespace velocal {
namespace {

double flux(std::uint32_t hits, double live_time_s) {
  return live_time_s > 0.0 ? hits / live_time_s : undefined;
}

double flux_error(std::uint32_t hits, double live_time_s) {
  return live_time_s > 0.0 ? std::sqrt(static_cast<double>(hits)) / live_time_s : undefined;
}

PixelMatrix<double> matrix_at(const FluxCube& cube, std::size_t t, double (*quantity)(std::uint32_t, double)) {
  PixelMatrix<double> matrix;
  const auto counts = cube.counts_at(t);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    matrix[pixel] = quantity(counts[pixel], cube.live_time_s[t]);
  }
  return matrix;
}

}  // namespace

FluxCurve pixel_flux(const FluxCube& cube, std::size_t pixel) {
  FluxCurve curve;
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    const std::uint32_t hits = cube.counts_at(t)[pixel];
    curve.threshold.push_back(cube.threshold[t]);
    curve.flux.push_back(flux(hits, cube.live_time_s[t]));
    curve.error.push_back(flux_error(hits, cube.live_time_s[t]));
  }
  return curve;
}

PixelMatrix<double> flux_at(const FluxCube& cube, std::size_t threshold_index) {
  return matrix_at(cube, threshold_index, flux);
}

PixelMatrix<double> flux_error_at(const FluxCube& cube, std::size_t threshold_index) {
  return matrix_at(cube, threshold_index, flux_error);
}

TotalFlux total_flux(const FluxCube& cube) {
  TotalFlux total;
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    const double live_time_s = cube.live_time_s[t];
    if (live_time_s <= 0.0) continue;
    const auto counts = cube.counts_at(t);
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      total.value[pixel] += counts[pixel] / live_time_s;
      total.error[pixel] += counts[pixel] / (live_time_s * live_time_s);
    }
  }
  for (double& variance : total.error) variance = std::sqrt(variance);
  return total;
}

}  // namespace velocal
