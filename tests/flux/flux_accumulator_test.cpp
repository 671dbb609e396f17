// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/flux_accumulator.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "eventful_scan.hpp"
#include "same_cube.hpp"
#include "velocal/core/error.hpp"
#include "velocal/flux/accumulate_flux.hpp"

using namespace velocal;

namespace {

FluxSettings two_thresholds() {
  FluxSettings settings;
  settings.threshold = {10, 20};
  settings.shutter_s = 2.5;
  return settings;
}

struct Numbers {
  int threshold;
  int acquisition;
};

std::vector<Numbers> all_acquisitions(const ScanSettings& scan) {
  std::vector<Numbers> all;
  for (const int threshold : scan.thresholds.values()) {
    for (int a = 0; a < scan.acquisitions.count; ++a) all.push_back({threshold, scan.acquisitions.first + a});
  }
  return all;
}

FluxCube accumulated(const FluxSettings& settings, const std::vector<Numbers>& acquisitions) {
  FluxAccumulator accumulator(settings);
  for (const auto& [threshold, acquisition] : acquisitions) {
    accumulator.add(threshold, acquisition, test::EventfulScan::counts(threshold, acquisition));
  }
  return accumulator.finish();
}

std::string error_of(const FluxSettings& settings) {
  try {
    FluxAccumulator accumulator(settings);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("counts in memory make the same cube as files, whatever the order in which they come") {
  const test::EventfulScan files;
  const FluxCube of_files = accumulate_flux(files.dataset, files.scan);
  auto acquisitions = all_acquisitions(files.scan);
  const FluxCube in_order = accumulated(files.settings(), acquisitions);
  std::ranges::shuffle(acquisitions, std::mt19937(1));
  const FluxCube shuffled = accumulated(files.settings(), acquisitions);
  CHECK(of_files.acquisitions == std::vector<AcquisitionTally>{{10, 1, 1, 0}, {9, 1, 1, 1}, {3, 1, 1, 7}});
  CHECK(test::same_cube(in_order, of_files));
  CHECK(test::same_cube(shuffled, of_files));
  CHECK(shuffled.inputs_sha256 == in_order.inputs_sha256);
  CHECK_NOTHROW(require_whole(shuffled));
}

TEST_CASE("adding says what an acquisition is") {
  FluxSettings settings = two_thresholds();
  settings.reject.last_column_mean = 40.0;
  settings.reject.acquisitions = {{{20, 20}, {0, 9}}};
  FluxAccumulator accumulator(settings);
  CHECK(accumulator.add(10, 0, PixelCounts(3)) == AcquisitionQuality::good);
  CHECK(accumulator.add(10, 1, PixelCounts(0)) == AcquisitionQuality::empty);
  CHECK(accumulator.add(10, -7, PixelCounts(40)) == AcquisitionQuality::bad);
  CHECK(accumulator.add(20, 9, PixelCounts(3)) == AcquisitionQuality::rejected);
  const FluxCube cube = accumulator.finish();
  CHECK(cube.acquisitions == std::vector<AcquisitionTally>{{1, 1, 1, 0}, {0, 0, 0, 1}});
  CHECK(cube.live_time_s == std::vector{2.5, 0.0});
  CHECK(cube.counts_at(0)[77] == 3);
  CHECK(cube.counts_at(1)[77] == 0);
  CHECK_FALSE(cube.mask_found);
}

TEST_CASE("the cube is whole at any time, and more may be added") {
  FluxAccumulator accumulator(two_thresholds());
  const FluxCube nothing = accumulator.finish();
  CHECK_NOTHROW(require_whole(nothing));
  CHECK(std::isnan(nothing.asic_curve(PixelGroup::odd).flux[1]));
  accumulator.add(10, 0, PixelCounts(3));
  CHECK(accumulator.finish().counts_at(0)[0] == 3);
  accumulator.add(10, 1, PixelCounts(4));
  const FluxCube cube = accumulator.finish();
  CHECK(cube.counts_at(0)[0] == 7);
  CHECK(cube.live_time_s == std::vector{5.0, 0.0});
  CHECK(cube.asic_curve(PixelGroup::all).flux[0] == Approx(3.5 / 2.5).epsilon(1e-14));
  CHECK(cube.asic_curve(PixelGroup::all).error[0] == Approx(0.5 / 2.5).epsilon(1e-14));
}

TEST_CASE("any number but 0 masks a pixel, and stands as 1 in the cube") {
  FluxSettings settings = two_thresholds();
  settings.mask.emplace();
  (*settings.mask)[5] = 255;
  FluxAccumulator accumulator(settings);
  accumulator.add(10, 0, PixelCounts(3));
  const FluxCube cube = accumulator.finish();
  CHECK(cube.mask_found);
  CHECK(cube.mask[5] == 1);
  CHECK(cube.counts_at(0)[5] == 0);
  CHECK(cube.counts_at(0)[6] == 3);
}

TEST_CASE("the digest knows counts, mask and baseline") {
  const auto digest = [](const FluxSettings& settings, std::uint32_t count) {
    FluxAccumulator accumulator(settings);
    accumulator.add(20, 4, PixelCounts(count));
    return accumulator.finish().inputs_sha256;
  };
  const FluxSettings plain = two_thresholds();
  FluxSettings masked = plain;
  masked.mask.emplace();
  FluxSettings with_baseline = plain;
  with_baseline.baseline.emplace();
  const std::string before = digest(plain, 3);
  CHECK(before.size() == 64);
  CHECK(digest(plain, 3) == before);
  CHECK(digest(plain, 4) != before);
  CHECK(digest(masked, 3) != before);
  CHECK(digest(with_baseline, 3) != before);
  with_baseline.baseline->width[9] = 1.0;
  CHECK(digest(with_baseline, 3) != digest(masked, 3));
}

TEST_CASE("settings that make no cube are refused with a way out") {
  FluxSettings settings = two_thresholds();
  settings.threshold = {};
  CHECK(error_of(settings) ==
        "a flux cube without thresholds cannot be made (FluxSettings::threshold is empty). Name the thresholds of the "
        "scan in DAC");
  settings.threshold = {10, 20, 20};
  CHECK_THAT(error_of(settings),
             Catch::StartsWith("the thresholds of a flux cube have to ascend (20 comes after 20). "));
  settings.threshold = {10, 20, 15};
  CHECK_THAT(error_of(settings), Catch::Contains("(15 comes after 20)"));

  settings.threshold = {-1, 20};
  CHECK_THAT(error_of(settings), Catch::StartsWith("thresholds are 0 to 65535 DAC (FluxSettings::threshold has -1"));

  settings = two_thresholds();
  settings.shutter_s = GENERATE(0.0, -1.0, 1e308, 1e-308, std::numeric_limits<double>::infinity(), std::nan(""));
  CHECK_THAT(error_of(settings), Catch::StartsWith("the shutter time has to be 1e-12 to 1e+12 s (it is "));

  settings = two_thresholds();
  settings.separation = static_cast<SeparationPattern>(7);
  CHECK_THAT(error_of(settings), Catch::StartsWith("7 is no separation (there are columns, column-pairs)"));

  settings = two_thresholds();
  settings.mask.emplace();
  const PixelMask taken = std::move(*settings.mask);
  CHECK_THAT(error_of(settings), Catch::StartsWith("the mask has no pixels (it has been moved from)"));

  settings = two_thresholds();
  settings.baseline.emplace();
  CHECK(error_of(settings) == "no error");
  auto& matrix = GENERATE(true, false) ? settings.baseline->mean : settings.baseline->width;
  matrix(3, 7) = GENERATE(-0.5, 65535.5, std::numeric_limits<double>::infinity(), std::nan(""));
  CHECK_THAT(error_of(settings), Catch::Contains(" of the noise baseline has to be 0 to 65535 DAC, and it is ") &&
                                     Catch::Contains(" at row 3, column 7). Give a pixel without baseline the mean 0"));
}

TEST_CASE("what cannot be added is refused, and changes nothing") {
  FluxAccumulator accumulator(two_thresholds());
  PixelCounts counts(1);
  counts(3, 7) = 4294967290u;
  accumulator.add(10, 0, counts);
  const FluxCube before = accumulator.finish();
  CHECK_THROWS_AS(accumulator.add(15, 0, counts), UsageError);
  CHECK_THROWS_WITH(accumulator.add(15, 0, counts),
                    "15 is no threshold of this flux (it has 2 from 10 to 20). Name all thresholds in "
                    "FluxSettings::threshold");
  CHECK_THROWS_AS(accumulator.add(10, 0, counts), UsageError);
  CHECK_THROWS_WITH(accumulator.add(10, 0, counts),
                    "acquisition 0 of threshold 10 cannot be added (it has been added before). Give each acquisition "
                    "of a threshold a number of its own");
  CHECK_THROWS_AS(accumulator.add(10, 1, counts), InputError);
  CHECK_THROWS_WITH(accumulator.add(10, 1, counts),
                    "threshold 10 acquisition 1: the hits of a pixel add up to more than 4294967295 (sums are kept in "
                    "32 bits). Reject the acquisitions with such counts");
  const PixelCounts taken = std::move(counts);
  CHECK_THROWS_WITH(accumulator.add(10, 1, counts),
                    Catch::StartsWith("threshold 10 acquisition 1: there are no counts (they have been moved from). "));
  CHECK(test::same_cube(accumulator.finish(), before));
  CHECK(accumulator.finish().inputs_sha256 == before.inputs_sha256);
}
