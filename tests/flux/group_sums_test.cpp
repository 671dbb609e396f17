// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/group_sums.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace velocal;

namespace {

Uncertain flux_of(std::vector<std::uint64_t> hits, double shutter_s, std::uint64_t pixels) {
  return group_flux(hits, shutter_s, pixels);
}

}  // namespace

TEST_CASE("the flux of the ASIC is the mean of hits over time and pixels, its error the population's deviation") {
  // By hand: hits 100, 140, 120: mean 120, deviations -20, 20, 0: sqrt(800/3); over 2.5 s * 40 pixels = 100.
  const Uncertain flux = flux_of({100, 140, 120}, 2.5, 40);
  CHECK(flux.value == Approx(1.2).epsilon(1e-15));
  CHECK(flux.error == Approx(std::sqrt(800.0 / 3.0) / 100.0).epsilon(1e-15));
}

TEST_CASE("one acquisition has no deviation - none, or no pixel, has no flux") {
  CHECK(flux_of({50}, 2.5, 10).value == Approx(2.0).epsilon(1e-15));
  CHECK(flux_of({50}, 2.5, 10).error == 0.0);
  CHECK(flux_of({0, 0}, 2.5, 10).value == 0.0);
  CHECK(std::isnan(flux_of({}, 2.5, 10).value));
  CHECK(std::isnan(flux_of({}, 2.5, 10).error));
  CHECK(std::isnan(flux_of({0}, 2.5, 0).value));
}

TEST_CASE("the deviation keeps its digits where the numbers of hits are large and near each other") {
  // By hand: 65536 (2^32 - 1) hits and one fewer: deviation 1/2, which squares of the hits themselves would lose.
  const std::uint64_t most = 65536ull * 4294967295ull;
  CHECK(flux_of({most, most - 1}, 1.0, 1).error == Approx(0.5).epsilon(1e-12));
}

TEST_CASE("each group has its pixels, less the masked ones") {
  PixelMask mask;
  mask(0, 0) = 1;   // even in both patterns
  mask(15, 1) = 1;  // odd by columns, even in pairs; of the rows
  mask(31, 2) = 1;  // even by columns, odd in pairs; of the rows
  CHECK(group_pixels(mask, SeparationPattern::columns) == GroupSums{65533, 32766, 32767, 4094});
  CHECK(group_pixels(mask, SeparationPattern::column_pairs) == GroupSums{65533, 32766, 32767, 4094});
  mask(16, 5) = 1;  // odd by columns, even in pairs
  CHECK(group_pixels(mask, SeparationPattern::columns) == GroupSums{65532, 32766, 32766, 4094});
  CHECK(group_pixels(mask, SeparationPattern::column_pairs) == GroupSums{65532, 32765, 32767, 4094});
}

TEST_CASE("each group has the hits of its unmasked pixels") {
  PixelCounts counts;
  counts(0, 0) = 1;       // even in both patterns
  counts(15, 1) = 10;     // odd by columns, even in pairs; of the rows
  counts(31, 2) = 100;    // even by columns, odd in pairs; of the rows
  counts(1, 3) = 1000;    // odd in both
  counts(1, 7) = 500000;  // masked
  PixelMask mask;
  mask(1, 7) = 1;
  CHECK(group_hits(hits_of(counts, masked_pixels(mask)), SeparationPattern::columns) ==
        GroupSums{1111, 101, 1010, 110});
  CHECK(group_hits(hits_of(counts, masked_pixels(mask)), SeparationPattern::column_pairs) ==
        GroupSums{1111, 11, 1100, 110});
}

TEST_CASE("hits of a group may pass 32 bits") {
  const PixelCounts counts(4294967295u);
  CHECK(
      group_hits(hits_of(counts, {}), SeparationPattern::columns) ==
      GroupSums{65536ull * 4294967295ull, 32768ull * 4294967295ull, 32768ull * 4294967295ull, 4096ull * 4294967295ull});
}
