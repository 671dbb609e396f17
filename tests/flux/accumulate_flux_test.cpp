// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/accumulate_flux.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "small_scan.hpp"

using namespace velocal;

namespace {

/// Every pixel reads `number`, but pixel (3, 7) ten times that.
PixelCounts counts_of(std::uint32_t number) {
  PixelCounts counts(number);
  counts(3, 7) = 10 * number;
  return counts;
}

/// At 1500 the acquisitions read 1, 2, 3; at 1510 4, 5, 6; at 1520 7, 8, 9.
PixelCounts numbered(int threshold, int acquisition) {
  return counts_of(static_cast<std::uint32_t>((threshold - 1500) / 10 * 3 + acquisition + 1));
}

}  // namespace

TEST_CASE("counts are summed and live times counted over the good acquisitions") {
  const test::SmallScan small;
  small.write_all(numbered);
  const FluxCube cube = accumulate_flux(small.dataset, small.scan);
  CHECK(cube.threshold == std::vector{1500, 1510, 1520});
  CHECK(cube.live_time_s == std::vector{7.5, 7.5, 7.5});
  CHECK(cube.acquisitions == std::vector<AcquisitionTally>(3, {3, 0, 0, 0}));
  REQUIRE(cube.counts.size() == 3 * pixel_count);
  CHECK(cube.counts_at(0)[0] == 1 + 2 + 3);
  CHECK(cube.counts_at(1)[65535] == 4 + 5 + 6);
  CHECK(cube.counts_at(2)[Pixel{3, 7}.index()] == 240);
  CHECK(cube.counts_at(2)[Pixel{7, 3}.index()] == 24);
  CHECK_FALSE(cube.mask_found);
  CHECK_FALSE(cube.baseline);
  CHECK(cube.mask == PixelMask());

  // By hand: pixel (3, 7) reads as nine more pixels, so the mean of all is number * 65545/65536.
  const FluxCurve& asic = cube.asic_curve(PixelGroup::all);
  const double unit = 65545.0 / 65536.0 / 2.5;
  CHECK(asic.threshold == std::vector{1500.0, 1510.0, 1520.0});
  CHECK(asic.flux[0] == Approx(2.0 * unit).epsilon(1e-14));
  CHECK(asic.flux[2] == Approx(8.0 * unit).epsilon(1e-14));
  CHECK(asic.error[1] == Approx(std::sqrt(2.0 / 3.0) * unit).epsilon(1e-14));
  CHECK(cube.asic_curve(PixelGroup::even).flux[0] == Approx(2.0 / 2.5).epsilon(1e-14));
  CHECK(cube.asic_curve(PixelGroup::odd).flux[0] == Approx(2.0 * 32777.0 / 32768.0 / 2.5).epsilon(1e-14));
  CHECK(cube.asic_curve(PixelGroup::rows).flux[0] == Approx(2.0 / 2.5).epsilon(1e-14));
}

TEST_CASE("sums go beyond a byte, with acquisitions between that are large, bad or empty") {
  // Counts below 100 are added up in bytes, as many as these hold; larger ones and the bad come between.
  test::SmallScan small;
  small.scan.acquisitions = {0, 40};
  std::vector<std::uint64_t> sum(3, 0), sum_of_pixel(3, 0);
  PixelMatrix<double> mask;
  mask(5, 5) = 1.0;
  small.write_mask(mask);
  small.write_all([&](int threshold, int acquisition) {
    const auto t = static_cast<std::size_t>((threshold - 1500) / 10);
    std::uint32_t number = static_cast<std::uint32_t>(7 * acquisition + threshold) % 90 + 1;
    if (number == 40) number = 41;  // the bad acquisitions' mean
    if (acquisition % 9 == 4) number *= 1000;
    if (acquisition % 11 == 3) number = 0;
    if (acquisition % 13 == 5) number = 40;
    PixelCounts counts(number);
    counts(5, 5) = number == 0 ? 0 : number + 9;
    counts(9, 200) = number / 2;
    if (number != 40) {
      sum[t] += number;
      sum_of_pixel[t] += number / 2;
    }
    return counts;
  });
  const FluxCube cube = accumulate_flux(small.dataset, small.scan);
  for (std::size_t t = 0; t < 3; ++t) {
    CHECK(cube.acquisitions[t] == AcquisitionTally{33, 3, 4, 0});
    CHECK(cube.counts_at(t)[0] == sum[t]);
    CHECK(cube.counts_at(t)[65535] == sum[t]);
    CHECK(cube.counts_at(t)[Pixel{9, 200}.index()] == sum_of_pixel[t]);
    CHECK(cube.counts_at(t)[Pixel{5, 5}.index()] == 0);
  }
}

TEST_CASE("rejected, empty and bad acquisitions are counted as such and add nothing, in this order of tests") {
  const test::SmallScan small;
  small.write_all(numbered);
  small.write(1500, 1, counts_of(0));   // empty
  small.write(1510, 0, counts_of(40));  // bad, for the last column reads 40; but rejected first
  small.write(1510, 2, counts_of(0));   // empty, but rejected first
  small.write(1520, 1, counts_of(0));   // without a hit: as the scan's last threshold may be
  small.write(1520, 2, counts_of(40));  // bad
  small.scan.reject.acquisitions = {{{1510, 1520}, {0, 0}}, {{1510, 1510}, {2, 2}}};
  const FluxCube cube = accumulate_flux(small.dataset, small.scan);
  CHECK(cube.acquisitions[0] == AcquisitionTally{2, 0, 1, 0});
  CHECK(cube.acquisitions[1] == AcquisitionTally{1, 0, 0, 2});
  CHECK(cube.acquisitions[2] == AcquisitionTally{1, 1, 0, 1});
  CHECK(cube.live_time_s == std::vector{5.0, 2.5, 2.5});
  CHECK(cube.counts_at(0)[5] == 1 + 3);
  CHECK(cube.counts_at(1)[5] == 5);
  CHECK(cube.counts_at(2)[5] == 0);

  const FluxCurve& asic = cube.asic_curve(PixelGroup::rows);
  CHECK(asic.flux[0] == Approx(2.0 / 2.5).epsilon(1e-14));
  CHECK(asic.error[0] == Approx(1.0 / 2.5).epsilon(1e-14));
  CHECK(asic.error[1] == 0.0);
  CHECK(asic.flux[2] == 0.0);
}

TEST_CASE("a rejected acquisition is not even read") {
  const test::SmallScan small;
  small.write_all(numbered);
  test::write_text(small.path(1510, 1), "damaged");
  std::filesystem::remove(small.path(1520, 2));
  small.scan.reject.acquisitions = {{{1510, 1510}, {1, 1}}, {{1520, 1520}, {2, 2}}};
  const FluxCube cube = accumulate_flux(small.dataset, small.scan);
  CHECK(cube.counts_at(1)[0] == 4 + 6);
  CHECK(cube.counts_at(2)[0] == 7 + 8);
}

TEST_CASE("masked pixels have no counts and no share in the ASIC's flux") {
  const test::SmallScan small;
  small.write_all(numbered);
  PixelMatrix<double> mask;
  mask(3, 7) = 1.0;
  for (int row = 0; row < pixel_rows; ++row) mask(row, 0) = 1.0;
  small.write_mask(mask);
  const FluxCube cube = accumulate_flux(small.dataset, small.scan);
  CHECK(cube.mask_found);
  CHECK(cube.counts_at(0)[Pixel{3, 7}.index()] == 0);
  CHECK(cube.counts_at(0)[Pixel{200, 0}.index()] == 0);
  CHECK(cube.counts_at(0)[Pixel{200, 1}.index()] == 6);
  for (const PixelGroup group : pixel_groups) {
    CHECK(cube.asic_curve(group).flux[1] == Approx(5.0 / 2.5).epsilon(1e-14));
  }
}

TEST_CASE("acquisitions count from the first that is named, and no others are read") {
  const test::SmallScan small;
  small.write_all(numbered);
  small.scan.acquisitions = {1, 2};
  const FluxCube cube = accumulate_flux(small.dataset, small.scan);
  CHECK(cube.live_time_s == std::vector{5.0, 5.0, 5.0});
  CHECK(cube.counts_at(0)[0] == 2 + 3);
}

TEST_CASE("the separation's pattern decides which columns are even") {
  test::SmallScan small;
  small.write_all([](int, int) {
    PixelCounts counts(1);
    for (int row = 0; row < pixel_rows; ++row) counts(row, 1) = 129;  // column 1: odd, but of an even pair
    return counts;
  });
  const auto flux_of = [&](PixelGroup group) {
    return accumulate_flux(small.dataset, small.scan).asic_curve(group).flux[0];
  };
  CHECK(flux_of(PixelGroup::even) == Approx(1.0 / 2.5).epsilon(1e-14));
  CHECK(flux_of(PixelGroup::odd) == Approx(2.0 / 2.5).epsilon(1e-14));
  small.dataset.fit.separation = SeparationPattern::column_pairs;
  CHECK(flux_of(PixelGroup::even) == Approx(2.0 / 2.5).epsilon(1e-14));
  CHECK(flux_of(PixelGroup::odd) == Approx(1.0 / 2.5).epsilon(1e-14));
}
