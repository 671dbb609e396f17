// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/acquisition_quality.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "velocal/scan/acquisition_hits.hpp"

using namespace velocal;

namespace {

/// Counts whose last column has the given sum; all other pixels 1.
PixelCounts last_column_sum(std::uint32_t sum) {
  PixelCounts counts(1);
  for (int row = 0; row < pixel_rows; ++row) {
    counts(row, 255) = sum / 256 + (static_cast<std::uint32_t>(row) < sum % 256 ? 1 : 0);
  }
  return counts;
}

RejectSettings bad_at(double mean) {
  RejectSettings reject;
  reject.last_column_mean = mean;
  return reject;
}

AcquisitionQuality quality_of(const PixelCounts& counts, const PixelMask& mask, const RejectSettings& reject) {
  return velocal::quality_of(hits_of(counts, masked_pixels(mask)), mask, reject);
}
double last_column_mean(const PixelCounts& counts, const PixelMask& mask) {
  return velocal::last_column_mean(hits_of(counts, masked_pixels(mask)), mask);
}

}  // namespace

TEST_CASE("a rule takes out the pairs within both of its ranges") {
  RejectSettings reject;
  reject.acquisitions = {{{1494, 1494}, {18, 18}}, {{1500, 1510}, {0, 4}}};
  CHECK(is_rejected(reject, 1494, 18));
  CHECK_FALSE(is_rejected(reject, 1494, 17));
  CHECK_FALSE(is_rejected(reject, 1493, 18));
  CHECK_FALSE(is_rejected(reject, 18, 1494));
  for (const int threshold : {1500, 1505, 1510}) {
    CHECK(is_rejected(reject, threshold, 0));
    CHECK(is_rejected(reject, threshold, 4));
    CHECK_FALSE(is_rejected(reject, threshold, 5));
  }
  CHECK_FALSE(is_rejected(reject, 1499, 0));
  CHECK_FALSE(is_rejected(reject, 1511, 4));
  CHECK_FALSE(is_rejected({}, 1494, 18));
}

TEST_CASE("an acquisition without a single hit is empty - one hit is enough") {
  PixelCounts counts;
  CHECK(quality_of(counts, PixelMask(), {}) == AcquisitionQuality::empty);
  counts(100, 100) = 1;
  CHECK(quality_of(counts, PixelMask(), {}) == AcquisitionQuality::good);
}

TEST_CASE("hits of masked pixels count against emptiness: it is a property of the read-out") {
  PixelCounts counts;
  counts(100, 100) = 1;
  PixelMask mask;
  mask(100, 100) = 1;
  CHECK(quality_of(counts, mask, {}) == AcquisitionQuality::good);
}

TEST_CASE("bad is a last column whose mean lies strictly within 0.01 of the one given") {
  // With 256 live pixels the mean comes in steps of 1/256 = 0.00390625; 18 is the mean of the counts.
  const PixelCounts counts = last_column_sum(18 * 256);
  CHECK(last_column_mean(counts, PixelMask()) == 18.0);
  const auto quality = [&](double mean) { return quality_of(counts, PixelMask(), bad_at(mean)); };
  CHECK(quality(18.0) == AcquisitionQuality::bad);
  CHECK(quality(18.00999) == AcquisitionQuality::bad);
  CHECK(quality(17.99001) == AcquisitionQuality::bad);
  CHECK(quality(18.01001) == AcquisitionQuality::good);
  CHECK(quality(17.98999) == AcquisitionQuality::good);
  CHECK(quality_of(counts, PixelMask(), {}) == AcquisitionQuality::good);  // no mean given: no such test
}

TEST_CASE("a distance of 0.01 itself is not within: neither for 0.01 nor for -0.01") {
  // Mathematics: the column's mean is 0 here, so that |mean - given| is 0.01 exactly, without rounding.
  PixelCounts counts(1);
  for (int row = 0; row < pixel_rows; ++row) counts(row, 255) = 0;
  CHECK(quality_of(counts, PixelMask(), bad_at(0.01)) == AcquisitionQuality::good);
  CHECK(quality_of(counts, PixelMask(), bad_at(std::nextafter(0.01, 0.0))) == AcquisitionQuality::bad);
}

TEST_CASE("masked pixels of the last column are left out of its mean") {
  PixelCounts counts = last_column_sum(18 * 256);
  counts(0, 255) = 60000;
  PixelMask mask;
  CHECK(quality_of(counts, mask, bad_at(18.0)) == AcquisitionQuality::good);
  mask(0, 255) = 1;
  CHECK(last_column_mean(counts, mask) == 18.0);
  CHECK(quality_of(counts, mask, bad_at(18.0)) == AcquisitionQuality::bad);
}

TEST_CASE("a last column that is masked altogether has no mean and betrays nothing") {
  PixelMask mask;
  for (int row = 0; row < pixel_rows; ++row) mask(row, 255) = 1;
  const PixelCounts counts = last_column_sum(18 * 256);
  CHECK(std::isnan(last_column_mean(counts, mask)));
  CHECK(quality_of(counts, mask, bad_at(18.0)) == AcquisitionQuality::good);
  CHECK(quality_of(counts, mask, bad_at(0.0)) == AcquisitionQuality::good);
}

TEST_CASE("empty is tested before bad") {
  CHECK(quality_of(PixelCounts(), PixelMask(), bad_at(0.0)) == AcquisitionQuality::empty);
}
