// SPDX-License-Identifier: GPL-3.0-or-later
// Mathematics: a flux N/L with the uncertainty sqrt(N)/L tells N and L.
#include "velocal/flux/counts_of_flux.hpp"

#include <fmt/format.h>

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

using Catch::Matchers::Contains;

constexpr double shutter_s = 2.621;

double nine_digits(double value) {
  return std::stod(fmt::format("{:.9g}", value));
}

/// Fluxes of these hits in the first pixels, as a file has them.
WrittenFlux written(const std::vector<double>& hits, double live_time_s) {
  WrittenFlux flux{.value = {}, .error = {}, .file = "f.csv"};
  for (std::size_t pixel = 0; pixel < hits.size(); ++pixel) {
    flux.value[pixel] = nine_digits(hits[pixel] / live_time_s);
    flux.error[pixel] = nine_digits(std::sqrt(hits[pixel]) / live_time_s);
  }
  return flux;
}

}  // namespace

TEST_CASE("counts and acquisitions come back from fluxes of nine digits") {
  const std::vector<double> hits{0, 1, 2, 63, 999983, 10000019};
  for (const int good : {1, 97, 100}) {
    const WrittenFlux flux = written(hits, good * shutter_s);
    CHECK(acquisitions_of(flux, shutter_s, 100) == static_cast<std::uint32_t>(good));
    std::vector<std::uint32_t> counts(pixel_count);
    take_counts(flux, good * shutter_s, counts);
    for (std::size_t pixel = 0; pixel < hits.size(); ++pixel) CHECK(counts[pixel] == hits[pixel]);
  }
}

TEST_CASE("without a hit all acquisitions that are wanted have been good") {
  CHECK(acquisitions_of(written({}, shutter_s), shutter_s, 37) == 37);
}

TEST_CASE("fluxes of another live time than the descriptor allows are refused") {
  const WrittenFlux flux = written({5, 7}, 8 * shutter_s);
  CHECK_THROWS_WITH(acquisitions_of(flux, shutter_s, 7),
                    Contains("are of 8 acquisitions of 2.621 s (the descriptor leaves 7 at this threshold)"));
  CHECK_THROWS_WITH(acquisitions_of(flux, 2.5, 10), Contains("that is no whole number"));
  CHECK_THROWS_AS(acquisitions_of(WrittenFlux{flux.value, {}, "f.csv"}, shutter_s, 10), InputError);
}

TEST_CASE("a flux of no whole number of hits is refused, and one that its uncertainty contradicts") {
  std::vector<std::uint32_t> counts(pixel_count);
  WrittenFlux flux = written({5, 7.02}, shutter_s);
  CHECK_THROWS_WITH(take_counts(flux, shutter_s, counts), Contains("pixel 0,1") && Contains("are 7.020 hits"));
  flux = written({5, 7}, shutter_s);
  flux.error[1] = flux.error[0];
  CHECK_THROWS_WITH(take_counts(flux, shutter_s, counts),
                    Contains("by the flux it has 7 hits, by the uncertainty 5.0"));
  CHECK_THROWS_WITH(take_counts(written({5e9}, shutter_s), shutter_s, counts), Contains("too many"));
}

}  // namespace velocal
