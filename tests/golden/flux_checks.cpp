// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "golden_checks.hpp"

namespace velocal::test {
namespace {

std::filesystem::path flux_file(const Golden& golden, const std::string& prefix, const std::string& thresholds) {
  return golden.expected / fmt::format("{}_Module0_VP3-1_ECS_data_ST_32s760ms_warm_THR_{}.csv", prefix, thresholds);
}

/// Equal to 1e-9, beside the rounding to the digits that the reference's file holds.
bool equal(double ours, double reference, int digits) {
  return std::abs(ours - reference) <= 1e-9 * reference + rounding_of(reference, digits);
}

void check_matrix(const Golden& golden, const std::string& prefix, int threshold, const PixelMatrix<double>& ours) {
  const auto reference = read_reference_matrix(flux_file(golden, prefix, std::to_string(threshold)));
  Agreement agreement;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) agreement.add(equal(ours[pixel], reference[pixel], 9));
  require_agreement(fmt::format("{} at {}, 1e-9 and 9 digits", prefix, threshold), agreement, 100.0);
}

void check_curve(const Golden& golden, const std::string& prefix, const std::vector<double>& ours) {
  const auto reference = read_reference_list(flux_file(golden, prefix, "1480-1600-step1"));
  REQUIRE(reference.size() == ours.size());
  Agreement agreement;
  for (std::size_t t = 0; t < ours.size(); ++t) agreement.add(equal(ours[t] / per_live_pixel, reference[t], 12));
  require_agreement(prefix + " per live pixel, 1e-9 and 12 digits", agreement, 100.0);
}

constexpr std::array thresholds{1480, 1494, 1500, 1510, 1548, 1600};

std::size_t index_of(int threshold) {
  return static_cast<std::size_t>(threshold - 1480);
}

/// Uncertainty of each pixel's flux at each of the thresholds.
std::array<PixelMatrix<double>, thresholds.size()> flux_errors(const FluxCube& cube) {
  std::array<PixelMatrix<double>, thresholds.size()> errors;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const FluxCurve curve = pixel_flux(cube, pixel);
    for (std::size_t i = 0; i < errors.size(); ++i) errors[i][pixel] = curve.error[index_of(thresholds[i])];
  }
  return errors;
}

}  // namespace

void check_fluxes(const Golden& golden) {
  const auto errors = flux_errors(golden.cube);
  for (std::size_t i = 0; i < thresholds.size(); ++i) {
    const int threshold = thresholds[i];
    check_matrix(golden, "Fluxperpixel", threshold, flux_at(golden.cube, index_of(threshold)));
    check_matrix(golden, "UncertaintyFluxperpixel", threshold, errors[i]);
  }
  check_curve(golden, "FluxperASIC", golden.cube.asic_curve(PixelGroup::all).flux);
  check_curve(golden, "UncertaintyFluxperASIC", golden.cube.asic_curve(PixelGroup::all).error);
}

}  // namespace velocal::test
