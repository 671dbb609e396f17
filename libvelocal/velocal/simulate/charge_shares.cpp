// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/charge_shares.hpp"

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_01.hpp>
#include <cmath>
#include <numbers>

#include "velocal/core/parallel_for.hpp"
#include "velocal/simulate/stream_seed.hpp"

namespace velocal {
namespace {

constexpr std::uint64_t chunk_photons = 100'000;  // each chunk has random numbers of its own
constexpr double least_share = 1e-6;

/// The sums are whole numbers: they come out the same in whatever order the chunks are added.
struct Bin {
  std::uint64_t pixels = 0;
  std::uint64_t share = 0;  ///< in units of 2^-32
};
using Bins = std::vector<Bin>;
constexpr double share_unit = 1.0 / 4294967296.0;

/// Charge below x, of a cloud of width 1 around 0. What lies further out is less than the least share.
double charge_below(double x) {
  constexpr double whole = 5.0;
  if (x < -whole) return 0.0;
  if (x > whole) return 1.0;
  return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

/// Draws photons in the middle one of a square of pixels.
class PhotonDrawer {
 public:
  PhotonDrawer(const PhotonLine& line, const Sensor& sensor, double sigma_um, std::uint64_t seed)
      : pitch_um_(sensor.pitch_um),
        from_back_(sensor.illuminated == IlluminatedSide::back),
        lengths_(sensor.thickness_um / line.attenuation_um),
        absorbed_(-std::expm1(-lengths_)),
        sigma_um_(sigma_um),
        neighbours_(std::max(1, static_cast<int>(std::ceil(4.0 * sigma_um / sensor.pitch_um)))),
        engine_(seed) {}

  void draw(Bins& bins) {
    const double sigma = cloud_width();
    draw_axis(sigma, rows_);
    draw_axis(sigma, columns_);
    for (const double row : rows_) {
      for (const double column : columns_) add(row * column, bins);
    }
  }

 private:
  double uniform() { return boost::random::uniform_01<double>()(engine_); }

  double cloud_width() {
    const double depth = -std::log(1.0 - uniform() * absorbed_) / lengths_;  // below the illuminated side, 0...1
    const double drift = from_back_ ? 1.0 - depth : depth;
    return std::max(sigma_um_ * std::sqrt(std::max(0.0, drift)), 1e-6);  // no division by 0
  }

  /// Shares that the rows (or columns) of pixels have of a cloud in the middle one.
  void draw_axis(double sigma, std::vector<double>& shares) {
    const double place = uniform() - 0.5;
    const double pitch = pitch_um_ / sigma;
    const auto below_border = [&](int pixel) { return charge_below(pitch * (pixel + 0.5 - place)); };
    shares.clear();
    double below = below_border(-neighbours_ - 1);
    for (int pixel = -neighbours_; pixel <= neighbours_; ++pixel) {
      const double with = below_border(pixel);
      if (with - below >= least_share) shares.push_back(with - below);
      below = with;
    }
  }

  static void add(double share, Bins& bins) {
    if (share < least_share) return;
    Bin& bin = bins[std::min(static_cast<std::size_t>(share * ChargeShares::bins), ChargeShares::bins - 1)];
    ++bin.pixels;
    bin.share += static_cast<std::uint64_t>(share / share_unit);
  }

  double pitch_um_;
  bool from_back_;
  double lengths_;   ///< thickness, in attenuation lengths
  double absorbed_;  ///< share of the photons that the sensor absorbs
  double sigma_um_;
  int neighbours_;  ///< on each side
  boost::random::mt19937_64 engine_;
  std::vector<double> rows_, columns_;
};

Bins sum_of(const std::vector<Bins>& parts) {
  Bins sum(ChargeShares::bins);
  for (const Bins& part : parts) {
    for (std::size_t i = 0; i < sum.size(); ++i) {
      sum[i].pixels += part[i].pixels;
      sum[i].share += part[i].share;
    }
  }
  return sum;
}

}  // namespace

ChargeShares draw_charge_shares(const PhotonLine& line, const Sensor& sensor, double sigma_um, std::uint64_t photons,
                                std::uint64_t seed, int threads) {
  const std::size_t chunks = (photons + chunk_photons - 1) / chunk_photons;
  std::vector<Bins> parts(static_cast<std::size_t>(worker_count(chunks, threads)), Bins(ChargeShares::bins));
  parallel_for(chunks, threads, [&](std::size_t chunk, int worker) {
    PhotonDrawer drawer(line, sensor, sigma_um, stream_seed(seed, "photons", static_cast<std::int64_t>(chunk)));
    const std::uint64_t end = std::min(photons - chunk * chunk_photons, chunk_photons);
    for (std::uint64_t photon = 0; photon < end; ++photon) drawer.draw(parts[static_cast<std::size_t>(worker)]);
  });
  ChargeShares shares;
  for (const Bin& bin : sum_of(parts)) {
    const auto pixels = static_cast<double>(bin.pixels);
    shares.pixels.push_back(pixels / static_cast<double>(photons));
    shares.share.push_back(bin.pixels == 0 ? 0.0
                                           : (static_cast<double>(bin.share) + 0.5 * pixels) * share_unit / pixels);
  }
  return shares;
}

}  // namespace velocal
