// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/pixel_noise.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "velocal/core/error.hpp"
#include "velocal/noise/noise_scan.hpp"

using namespace velocal;

namespace {

/// Six thresholds, 110 ... 100.
struct HandMadeScan {
  NoiseScan scan{{110, 2, 6}, std::vector<std::uint16_t>(6 * pixel_count)};

  void set(std::size_t pixel, const std::array<int, 6>& hits) {
    for (std::size_t k = 0; k < 6; ++k) scan.hits[k * pixel_count + pixel] = static_cast<std::uint16_t>(hits[k]);
  }
};

bool same(const PixelMatrix<double>& a, const PixelMatrix<double>& b) {
  return std::memcmp(a.data(), b.data(), pixel_count * sizeof(double)) == 0;
}

}  // namespace

TEST_CASE("each pixel has the status of its readings") {
  HandMadeScan made;
  made.set(1, {0, 3, 9, 4, 0, 0});
  made.set(2, {0, 3, 63, 4, 0, 0});
  made.set(3, {0, 0, 1, 0, 0, 0});
  made.set(4, {9, 4, 1, 0, 0, 0});
  made.set(5, {0, 0, 1, 3, 4, 9});
  made.set(6, {63, 63, 63, 4, 0, 0});
  made.set(7, {0, 2, 0, 0, 0, 0});
  const PixelNoise noise = pixel_noise(made.scan, "moments");
  const auto status = [&](std::size_t pixel) { return noise_status_names.at(noise.status[pixel]); };
  CHECK(status(0) == "no hits");
  CHECK(status(1) == "good");
  CHECK(status(2) == "saturated");
  CHECK(status(3) == "one hit");
  CHECK(status(4) == "cut off");
  CHECK(status(5) == "cut off");
  CHECK(status(6) == "cut off");
  CHECK(status(7) == "good");
  CHECK(noise.usable(1));
  CHECK(noise.usable(2));
  for (const std::size_t pixel : {0u, 3u, 4u, 5u}) CHECK_FALSE(noise.usable(pixel));
  CHECK(noise.count(NoiseStatus::cut_off) == 3);
  CHECK(noise.count(NoiseStatus::no_hits) == pixel_count - 7);
  CHECK(noise.hits[2] == 70);
  CHECK(noise.mean[1] == Approx((3 * 108 + 9 * 106 + 4 * 104) / 16.0));
  CHECK(noise.mean[3] == 106.0);
  CHECK(std::isnan(noise.width[3]));
  CHECK(pixel_noise(made.scan, "censored").status[7] == static_cast<int>(NoiseStatus::undetermined));
  CHECK_THROWS_AS(pixel_noise(made.scan, "median"), UsageError);
}

TEST_CASE("the noise does not depend on the number of threads") {
  HandMadeScan made;
  for (std::size_t i = 0; i < pixel_count; i += 3) {
    const auto h = static_cast<int>(i % 50);
    made.set(i, {0, h / 3, h, h / 2, h / 9, 0});
  }
  const PixelNoise one = pixel_noise(made.scan, "moments", 1), three = pixel_noise(made.scan, "moments", 3);
  CHECK(same(one.mean, three.mean));
  CHECK(same(one.width, three.width));
  CHECK(one.status == three.status);
}
