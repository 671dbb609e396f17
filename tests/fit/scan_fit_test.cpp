// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/scan_fit.hpp"

#include <catch2/catch.hpp>

namespace velocal::scan_fit_test {

TEST_CASE("statuses are counted, masked and foreign pixels also apart") {
  PixelFits fits;
  const auto set = [&](std::size_t pixel, PixelStatus status, StatusReason reason) {
    fits.status[pixel] = static_cast<std::int8_t>(status);
    fits.reason[pixel] = static_cast<std::uint8_t>(reason);
  };
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) set(pixel, PixelStatus::cut, StatusReason::outside_group);
  set(0, PixelStatus::good, StatusReason::none);
  set(1, PixelStatus::good, StatusReason::none);
  set(2, PixelStatus::bad, StatusReason::goodness_of_fit);
  set(3, PixelStatus::not_found, StatusReason::zero_inside);
  set(4, PixelStatus::cut, StatusReason::masked);
  set(5, PixelStatus::cut, StatusReason::no_hits);
  const StatusCounts counts = count_statuses(fits);
  CHECK(counts.good == 2);
  CHECK(counts.bad == 1);
  CHECK(counts.not_found == 1);
  CHECK(counts.cut == 65532);
  CHECK(counts.masked == 1);
  CHECK(counts.outside == 65530);
}

TEST_CASE("the numbers of the statuses are those that files hold") {
  CHECK(static_cast<int>(PixelStatus::good) == 1);
  CHECK(static_cast<int>(PixelStatus::bad) == 0);
  CHECK(static_cast<int>(PixelStatus::not_found) == -1);
  CHECK(static_cast<int>(PixelStatus::cut) == -2);
}

}  // namespace velocal::scan_fit_test
