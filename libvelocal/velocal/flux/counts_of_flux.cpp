// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/counts_of_flux.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

[[noreturn]] void fail_at(const WrittenFlux& flux, std::size_t pixel, const std::string& reason) {
  const auto [row, column] = Pixel::at(pixel);
  throw InputError(
      fmt::format("{}: the flux of pixel {},{} is of no whole number of hits", flux.file.string(), row, column), reason,
      "Check shutter, acquisitions and reject.acquisitions in the descriptor");
}

bool agree(double hits, double whole) {
  return std::abs(hits - whole) <= hits_tolerance(whole);
}

std::uint32_t hits_of(const WrittenFlux& flux, std::size_t pixel, double live_time_s) {
  const double value = flux.value[pixel], error = flux.error[pixel];
  const double hits = value * live_time_s, whole = std::round(hits);
  if (!agree(hits, whole)) {
    fail_at(flux, pixel, fmt::format("{} hits/s in {:.6g} s are {:.3f} hits", value, live_time_s, hits));
  }
  const double squared = error * live_time_s * (error * live_time_s);
  if (!agree(squared, whole)) {
    fail_at(flux, pixel, fmt::format("by the flux it has {} hits, by the uncertainty {:.3f}", whole, squared));
  }
  if (whole > std::numeric_limits<std::uint32_t>::max()) fail_at(flux, pixel, fmt::format("{} are too many", whole));
  return static_cast<std::uint32_t>(whole);
}

}  // namespace

double hits_tolerance(double hits) {
  return 0.01 + 1e-8 * hits;
}

std::uint32_t acquisitions_of(const WrittenFlux& flux, double shutter_s, int wanted) {
  const double fluxes = std::accumulate(flux.value.begin(), flux.value.end(), 0.0);
  const double squares = std::inner_product(flux.error.begin(), flux.error.end(), flux.error.begin(), 0.0);
  if (fluxes == 0.0 && squares == 0.0) return static_cast<std::uint32_t>(wanted);
  const double acquisitions = fluxes / squares / shutter_s, whole = std::round(acquisitions);
  const bool is_whole = std::abs(acquisitions - whole) <= 0.001;
  if (is_whole && whole >= 1.0 && whole <= wanted) return static_cast<std::uint32_t>(whole);
  throw InputError(
      fmt::format("{}: the fluxes and their uncertainties are of {:.6g} acquisitions of {} s", flux.file.string(),
                  acquisitions, shutter_s),
      is_whole ? fmt::format("the descriptor leaves {} at this threshold", wanted) : "that is no whole number",
      "Check shutter, acquisitions and reject.acquisitions in the descriptor");
}

void take_counts(const WrittenFlux& flux, double live_time_s, std::span<std::uint32_t> counts) {
  for (std::size_t pixel = 0; pixel < counts.size(); ++pixel) counts[pixel] = hits_of(flux, pixel, live_time_s);
}

}  // namespace velocal
