// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>

#include "one_pixel.hpp"

namespace velocal::zeros_test {
using namespace velocal::test;

TEST_CASE("not found: a zero between counts") {
  Setup setup;
  auto counts = counts_of(full_range, truth);
  SECTION("in the middle") {
    counts[40] = 0;
  }
  SECTION("5, 3, 0, 1 in the tail") {
    for (std::size_t t = 80; t < 121; ++t) counts[t] = 0;
    counts[80] = 5;
    counts[81] = 3;
    counts[83] = 1;
  }
  const Outcome outcome = setup.fit(full_range, counts);
  CHECK(is(outcome, PixelStatus::not_found, StatusReason::zero_inside));
  CHECK(std::isnan(outcome.fit.pixels.chi2[775]));
  CHECK(outcome.fit.pixels.ndf[775] == 0);
}

TEST_CASE("zeros at both ends are trimmed") {
  Setup setup;
  auto counts = counts_of(full_range, truth);
  for (std::size_t t = 90; t < 121; ++t) counts[t] = 0;
  for (std::size_t t = 0; t < 5; ++t) counts[t] = 0;
  const std::size_t last = 89;
  REQUIRE(counts[last - 10] > 0);
  const auto nonzero = std::ranges::count_if(counts, [](std::uint32_t count) { return count > 0; });
  const Outcome outcome = setup.fit(full_range, counts);
  CHECK(is(outcome, PixelStatus::good, StatusReason::none));
  CHECK(outcome.fit.pixels.ndf[775] == nonzero - 4);
}

TEST_CASE("cut: too many thresholds without a hit") {
  Setup setup;
  const auto thresholds = threshold_range(1540, 1549);
  const auto with_zeros = [&](std::size_t zeros) {
    std::vector<std::uint32_t> counts(10, 50);
    std::fill_n(counts.begin(), zeros, 0);
    return setup.fit(thresholds, counts);
  };
  CHECK(is(with_zeros(10), PixelStatus::cut, StatusReason::no_hits));
  CHECK(is(with_zeros(9), PixelStatus::cut, StatusReason::too_many_zeros));
  CHECK(is(with_zeros(8), PixelStatus::cut, StatusReason::too_many_zeros));  // 0.8 itself is too many
  CHECK(is(with_zeros(7), PixelStatus::not_found, StatusReason::too_few_points));
  setup.settings.max_zero_fraction = 0.95;
  CHECK(is(with_zeros(9), PixelStatus::not_found, StatusReason::too_few_points));
}

TEST_CASE("too many zeros are told before a zero between counts") {
  Setup setup;
  std::vector<std::uint32_t> counts(121, 0);
  counts[3] = counts[50] = 7;
  CHECK(is(setup.fit(full_range, counts), PixelStatus::cut, StatusReason::too_many_zeros));
}

}  // namespace velocal::zeros_test
