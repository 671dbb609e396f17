// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/charge_shares.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <numeric>

#include "support/diffusion_integral.hpp"

using namespace velocal;

namespace {

constexpr std::uint64_t million_photons = 1'000'000;

double normal(double w) {
  return 0.5 * std::erfc(-w / std::numbers::sqrt2);
}

/// Share along one axis at the distance x from the pixel's centre, in pitches; the cloud is `sigma` pitches wide.
double share_at(double x, double sigma) {
  return normal((x + 0.5) / sigma) - normal((x - 0.5) / sigma);
}

/// From the centre of the pixel to where the share along one axis falls to `share`; 0 where it is less in the centre.
double distance_of(double share, double sigma) {
  double inside = 0.0, outside = 0.5 + 8.0 * sigma;
  if (share_at(inside, sigma) <= share) return 0.0;
  while (outside - inside > 1e-9) {
    const double middle = 0.5 * (inside + outside);
    (share_at(middle, sigma) > share ? inside : outside) = middle;
  }
  return inside;
}

/// An independent calculation: the area, in pixels, where a pixel collects more than `share` of such a cloud.
double area_above(double share, double sigma) {
  constexpr int steps = 150;
  const double reach = distance_of(share, sigma);
  double area = 0.0;
  for (int i = 0; i < steps; ++i) {
    const double x = reach * (i + 0.5) / steps;
    area += distance_of(share / share_at(x, sigma), sigma);
  }
  return 4.0 * area * reach / steps;
}

/// Its mean over the depths: number of pixels that collect more than `share` of a photon.
double pixels_above(double share, const PhotonLine& line, const Sensor& sensor, double sigma_um) {
  constexpr int steps = 60;
  const double lengths = sensor.thickness_um / line.attenuation_um;
  double sum = 0.0, weights = 0.0;
  for (int i = 0; i < steps; ++i) {
    const double depth = (i + 0.5) / steps;
    const double weight = std::exp(-lengths * depth);
    const double drift = sensor.illuminated == IlluminatedSide::back ? 1.0 - depth : depth;
    sum += weight * area_above(share, sigma_um / sensor.pitch_um * std::sqrt(drift));
    weights += weight;
  }
  return sum / weights;
}

double drawn_above(double share, const ChargeShares& shares) {
  const auto first = static_cast<std::ptrdiff_t>(std::lround(share * ChargeShares::bins));
  return std::accumulate(shares.pixels.begin() + first, shares.pixels.end(), 0.0);
}

}  // namespace

TEST_CASE("the shares of drawn photons have the distribution that integration over place and depth gives") {
  // Mathematics: at most 1/u pixels can have a share above u of one photon, so the mean square of their number is at
  // most 1/u times its mean. Five standard deviations, and what the integration itself is off.
  const double sigma = GENERATE(2.0, 4.5, 15.0);
  const Sensor sensor = GENERATE(Sensor{}, Sensor{40.0, 120.0, IlluminatedSide::front});
  const PhotonLine line = test::iron_lines()[0];
  const ChargeShares drawn = draw_charge_shares(line, sensor, sigma, million_photons, 5);
  for (const double share : {0.0625, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 0.9375, 0.96875}) {
    const double expected = pixels_above(share, line, sensor, sigma);
    const double variance = (std::floor(1.0 / share) - expected) * expected / million_photons;
    CAPTURE(sigma, sensor.pitch_um, share, expected);
    CHECK(std::abs(drawn_above(share, drawn) - expected) < 5.0 * std::sqrt(variance) + 1e-4);
  }
}

TEST_CASE("the pixels around a photon collect all of its charge") {
  const double sigma = GENERATE(1.0, 4.5, 13.0, 30.0);
  const ChargeShares drawn = draw_charge_shares(test::iron_lines()[0], {}, sigma, 100'000, 5);
  const double charge = std::inner_product(drawn.pixels.begin(), drawn.pixels.end(), drawn.share.begin(), 0.0);
  CHECK(charge == Approx(1.0).margin(1e-4));
}

TEST_CASE("a cloud without width is collected by one pixel") {
  const ChargeShares drawn = draw_charge_shares(test::iron_lines()[0], {}, 0.0, 100'000, 5);
  CHECK(drawn.pixels.back() == 1.0);
  CHECK(drawn.share.back() == Approx(1.0).epsilon(1e-9));
}

TEST_CASE("the mean share of a bin lies in it") {
  const ChargeShares drawn = draw_charge_shares(test::iron_lines()[1], {}, 4.5, 100'000, 5);
  for (std::size_t i = 0; i < ChargeShares::bins; ++i) {
    if (drawn.pixels[i] == 0.0) continue;
    REQUIRE(drawn.share[i] * ChargeShares::bins >= static_cast<double>(i));
    REQUIRE(drawn.share[i] * ChargeShares::bins <= static_cast<double>(i + 1) * (1.0 + 1e-9));
  }
}

TEST_CASE("the seed decides on the photons, the number of threads does not") {
  const auto draw = [](std::uint64_t seed, int threads) {
    return draw_charge_shares(test::iron_lines()[0], {}, 4.5, 250'000, seed, threads);
  };
  const ChargeShares one = draw(1, 1), three = draw(1, 3);
  CHECK(one.pixels == three.pixels);
  CHECK(one.share == three.share);
  CHECK(one.pixels != draw(2, 1).pixels);
}
