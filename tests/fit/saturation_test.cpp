// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/saturation.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "drawn_scan.hpp"
#include "velocal/core/quantity.hpp"

namespace velocal::saturation_test {

namespace {

constexpr int acquisitions = 10;

/// Pixels of the plateau's hits an acquisition, ten acquisitions a threshold, with counters up to 63 and without an
/// end.
struct Scans {
  FluxCube full;
  FluxCube endless;

  explicit Scans(const std::vector<double>& plateau)
      : full(test::masked_cube(test::threshold_range(1490, 1600), 10.0)) {
    for (AcquisitionTally& tally : full.acquisitions) tally.good = acquisitions;
    endless = full;
    full.counter = 63;
    std::mt19937_64 random(3);
    for (std::size_t pixel = 0; pixel < plateau.size(); ++pixel) add(pixel, plateau[pixel], random);
    test::set_asic_curve(full);
    test::set_asic_curve(endless);
  }

  void add(std::size_t pixel, double plateau, std::mt19937_64& random) {
    auto mean = test::expected_counts(full, "F1_0", {4e-4, 1.0, 4.5, 1549.0});
    const double scale = plateau / mean.front();
    std::vector<std::uint32_t> as_is, at_most_63;
    for (double& expected : mean) {
      as_is.push_back(0);
      at_most_63.push_back(0);
      for (int a = 0; a < acquisitions; ++a) {
        const auto count = test::drawn({scale * expected}, random).front();
        as_is.back() += count;
        at_most_63.back() += std::min(count, 63u);
      }
    }
    test::set_pixel(endless, pixel, as_is);
    test::set_pixel(full, pixel, at_most_63);
  }
};

}  // namespace

TEST_CASE("a counter is expected to be full from 46.0 hits on, by the neighbours of a threshold") {
  FluxCube cube = test::masked_cube({10, 11, 12, 13, 14, 15, 16, 17}, 10.0);
  for (AcquisitionTally& tally : cube.acquisitions) tally.good = acquisitions;
  cube.counter = 63;
  // By hand: thresholds 0 to 2 of pixel 5 have neighbours of 48, 48 and 54 on average, threshold 3 itself has 60 and
  // its neighbours 44. Seven of the eight have neighbours of 23 or more.
  test::set_pixel(cube, 5, std::vector<std::uint32_t>{480, 480, 480, 600, 400, 300, 250, 100});
  test::set_pixel(cube, 6, std::vector<std::uint32_t>{450, 450, 630, 450, 450, 300, 250, 100});
  test::set_pixel(cube, 7, std::vector<std::uint32_t>(8, 620));
  const Saturation saturation(cube);
  CHECK(saturation.any());
  CHECK(saturation.thresholds(5) == 3);
  CHECK_FALSE(saturation.cut(5));
  CHECK(saturation.live_times()[5 * 8 + 0] == 0.0);
  CHECK(saturation.live_times()[5 * 8 + 3] == 10.0);
  CHECK(saturation.thresholds(6) == 3);  // 0, 1 and 3, but not the one that is high itself
  CHECK(saturation.live_times()[6 * 8 + 2] == 10.0);
  CHECK(saturation.cut(7));
  CHECK(saturation.thresholds(8) == 0);
  cube.counter = 0;
  CHECK_FALSE(Saturation(cube).any());
}

TEST_CASE(
    "lines where the counter is full at some thresholds are those of an endless counter, others are cut and said") {
  std::vector<double> plateau(120, 30.0);
  std::fill(plateau.begin() + 40, plateau.begin() + 80, 50.0);
  std::fill(plateau.begin() + 80, plateau.end(), 80.0);
  const Scans scans(plateau);
  const FitSettings settings = test::poisson_settings();
  const ScanFit full = fit_scan(scans.full, test::one_line_scan(), settings);
  const ScanFit endless = fit_scan(scans.endless, test::one_line_scan(), settings);
  test::Sample difference, pulls;
  for (std::size_t pixel = 0; pixel < 80; ++pixel) {
    if (!full.pixels.good(pixel) || !endless.pixels.good(pixel)) continue;
    const auto line = [&](const ScanFit& fit) { return fit.pixels.find("E0")->value[pixel]; };
    difference.add(line(full) - line(endless));
    pulls.add((line(full) - 1549.0) / full.pixels.find("E0")->error[pixel]);
  }
  CHECK(difference.size() >= 60);
  CHECK(std::abs(difference.mean()) < 0.06);  // 0.05 % of a target of 124
  CHECK(std::abs(pulls.mean()) < 0.4);
  CHECK(pulls.deviation() < 1.3);
  for (std::size_t pixel = 80; pixel < 120; ++pixel) {
    CHECK(static_cast<StatusReason>(full.pixels.reason[pixel]) == StatusReason::saturated);
  }
  CHECK(full.counter == 63);
  CHECK(full.full[100] > 40);
  CHECK(full.asic.fit.parameter("E0").value == Approx(endless.asic.fit.parameter("E0").value).margin(0.15));
}

}  // namespace velocal::saturation_test
