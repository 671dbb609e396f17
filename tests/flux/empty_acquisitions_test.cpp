// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/empty_acquisitions.hpp"

#include <catch2/catch.hpp>

#include "velocal/flux/flux_accumulator.hpp"

using namespace velocal;

namespace {

/// Hits of all acquisitions of one threshold; 0: empty.
std::vector<SummedAcquisition> acquisitions(const std::vector<std::uint64_t>& hits) {
  std::vector<SummedAcquisition> all;
  for (const std::uint64_t sum : hits) {
    SummedAcquisition acquisition;
    acquisition.quality = sum > 0 ? AcquisitionQuality::good : AcquisitionQuality::empty;
    acquisition.hits.fill(sum);
    all.push_back(acquisition);
  }
  return all;
}

/// How many of each threshold are still a fault.
std::vector<long> faults(std::vector<std::vector<SummedAcquisition>> thresholds) {
  accept_chance(thresholds);
  std::vector<long> found;
  for (const auto& all : thresholds) {
    found.push_back(std::ranges::count(all, AcquisitionQuality::empty, &SummedAcquisition::quality));
  }
  return found;
}

std::vector<long> faults_beside_nine(std::uint64_t hits) {
  std::vector<std::uint64_t> all(9, hits / 9);
  all.push_back(0);
  all.front() += hits % 9;
  return faults({acquisitions(all)});
}

}  // namespace

TEST_CASE("an acquisition without a hit is a fault where the others make that improbable") {
  // Mathematics: 0.9^131 = 1.01e-6, 0.9^132 = 0.91e-6.
  CHECK(faults_beside_nine(131) == std::vector{0L});
  CHECK(faults_beside_nine(132) == std::vector{1L});
  CHECK(faults({acquisitions({5, 0, 0, 4, 0, 1, 0, 0})}) == std::vector{0L});
  CHECK(faults({acquisitions({0, 0, 0, 40'000, 41'000})}) == std::vector{3L});
}

TEST_CASE("a threshold without any hit is judged by its neighbours, and dark at the end of a scan") {
  const auto lit = acquisitions({1000, 1000}), dark = acquisitions({0, 0}), dim = acquisitions({3, 0});
  CHECK(faults({lit, dark, lit}) == std::vector{0L, 2L, 0L});
  CHECK(faults({lit, dark, dark, lit}) == std::vector{0L, 2L, 2L, 0L});
  CHECK(faults({dark, lit, dim}) == std::vector{2L, 0L, 0L});
  CHECK(faults({lit, dark, dim}) == std::vector{0L, 0L, 0L});  // the line may end there
  CHECK(faults({lit, dark, dark}) == std::vector{0L, 0L, 0L});
  CHECK(faults({dark, dark}) == std::vector{0L, 0L});
}

TEST_CASE("the live time counts acquisitions that have no hit by chance") {
  FluxSettings settings;
  settings.threshold = {10, 20};
  settings.shutter_s = 2.5;
  FluxAccumulator accumulator(settings);
  PixelCounts one_hit;
  one_hit(7, 9) = 1;
  for (int acquisition = 0; acquisition < 10; ++acquisition) {
    accumulator.add(10, acquisition, acquisition % 3 == 0 ? PixelCounts() : one_hit);
    accumulator.add(20, acquisition, acquisition == 4 ? PixelCounts() : PixelCounts(1));
  }
  const FluxCube cube = accumulator.finish();
  CHECK(cube.acquisitions == std::vector<AcquisitionTally>{{10, 0, 0, 0}, {9, 0, 1, 0}});
  CHECK(cube.live_time_s == std::vector{25.0, 22.5});
  CHECK(cube.asic_curve(PixelGroup::all).flux[0] == Approx(6.0 / 25.0 / 65536.0).epsilon(1e-12));
}
