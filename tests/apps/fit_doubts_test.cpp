// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/fit_doubts.hpp"

#include <catch2/catch.hpp>

using namespace velocal;
using Catch::Matchers::Contains;

namespace {

ScanFit fit_of(std::size_t good) {
  ScanFit fit;
  for (std::size_t pixel = 0; pixel < good; ++pixel) {
    fit.pixels.status[pixel] = static_cast<std::int8_t>(PixelStatus::good);
  }
  fit.thresholds = {{1480, 1500, 1546, 1600}, std::vector<ThresholdUse>(4, ThresholdUse::used), {0, 0, 0, 0}};
  return fit;
}

ScanSettings scan() {
  ScanSettings scan;
  scan.acquisitions = {25, 10};
  return scan;
}

}  // namespace

TEST_CASE("a clean fit raises no doubt") {
  ScanFit fit = fit_of(1000);
  fit.thresholds.dropped = {0, 20, 0, 0};
  CHECK(doubts_of(fit, scan()).empty());
  CHECK_FALSE(noisy_mask(fit.pixels));
}

TEST_CASE("thresholds that were left out are named with the entry that rejects them") {
  ScanFit fit = fit_of(1000);
  fit.thresholds.use[2] = ThresholdUse::glitch;
  const auto doubts = doubts_of(fit, scan());
  REQUIRE(doubts.size() == 1);
  CHECK_THAT(doubts[0], Contains("threshold 1546") &&
                            Contains("reject: {acquisitions: [{threshold: 1546, acquisition: [25, 34]}]}"));
}

TEST_CASE("a threshold that many pixels left out is named likewise, noise by where it ends") {
  ScanFit fit = fit_of(1000);
  fit.thresholds.use[0] = fit.thresholds.use[1] = ThresholdUse::noise;
  fit.thresholds.dropped[3] = 30;
  const auto doubts = doubts_of(fit, scan());
  REQUIRE(doubts.size() == 2);
  CHECK_THAT(doubts[0], Contains("noise up to threshold 1500") && Contains("2 thresholds"));
  CHECK_THAT(doubts[1], Contains("at threshold 1600") && Contains("reject: {acquisitions: [{threshold: 1600"));
}

TEST_CASE("the mask with the noisy pixels keeps those that were masked") {
  ScanFit fit = fit_of(10);
  fit.pixels.reason[20] = static_cast<std::uint8_t>(StatusReason::masked);
  CHECK_FALSE(noisy_mask(fit.pixels));
  fit.pixels.reason[30] = static_cast<std::uint8_t>(StatusReason::noisy);
  const auto mask = noisy_mask(fit.pixels);
  REQUIRE(mask);
  CHECK((*mask)[20] == 1);
  CHECK((*mask)[30] == 1);
  CHECK((*mask)[0] == 0);
}
