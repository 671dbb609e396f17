// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/flux/dispersion.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "velocal/flux/flux_accumulator.hpp"

using namespace velocal;

namespace {

/// Draws the counts of pixels in the rows that the dispersion is measured in, at thresholds 0, 1, ....
class Scan {
 public:
  explicit Scan(int acquisitions) : acquisitions_(acquisitions) {}

  /// `photon`: what one photon counts.
  template <class Photon>
  FluxCube draw(double mean, Photon photon) {
    FluxSettings settings;
    for (int t = 0; t < thresholds_; ++t) settings.threshold.push_back(t);
    settings.shutter_s = 1.0;
    FluxAccumulator accumulator(settings);
    std::poisson_distribution<std::uint32_t> poisson(mean);
    PixelCounts counts;
    for (int t = 0; t < thresholds_; ++t) {
      for (int a = 0; a < acquisitions_; ++a) {
        for (int row = 15; row < pixel_rows; row += 16) {
          for (int column = 0; column < pixel_columns; ++column) {
            counts(row, column) = 0;
            for (std::uint32_t n = poisson(random_); n > 0; --n) counts(row, column) += photon(t, a, row);
            counts(row, column) = std::min(counts(row, column), 63u);
          }
        }
        accumulator.add(t, a, counts);
      }
    }
    return accumulator.finish();
  }
  std::mt19937_64& random() { return random_; }

 private:
  int acquisitions_;
  int thresholds_ = 6;
  std::mt19937_64 random_{5};
};

void check(Uncertain dispersion, double expected) {
  CAPTURE(dispersion.value, dispersion.error);
  CHECK(dispersion.error < 0.02 * expected);
  CHECK(std::abs(dispersion.value - expected) < 4.0 * dispersion.error);
}

}  // namespace

TEST_CASE("the dispersion is 1 for Poisson counts, however many, and from two acquisitions on") {
  const auto once = [](int, int, int) { return 1u; };
  check(Scan(4).draw(3.0, once).dispersion, 1.0);
  check(Scan(2).draw(6.0, once).dispersion, 1.0);
  check(Scan(4).draw(0.5, once).dispersion, 1.0);
  CHECK(std::isnan(Scan(1).draw(3.0, once).dispersion.value));
  CHECK(std::isnan(Scan(4).draw(1e-3, once).dispersion.value));
}

TEST_CASE("photons that count more than once make it larger: the mean square over the mean of what they count") {
  check(Scan(4).draw(3.0, [](int, int, int) { return 2u; }).dispersion, 2.0);
  Scan scan(4);
  std::bernoulli_distribution twice(0.5);
  check(scan.draw(3.0, [&](int, int, int) { return twice(scan.random()) ? 2u : 1u; }).dispersion, 2.5 / 1.5);
}

TEST_CASE("rows whose counters are nearly full say nothing of it") {
  const auto once = [](int, int, int) { return 1u; };
  CHECK(std::isnan(Scan(3).draw(60.0, once).dispersion.value));
  Scan scan(3);
  std::bernoulli_distribution seen(0.1);
  check(scan.draw(60.0, [&](int, int, int row) { return row > 128 || seen(scan.random()) ? 1u : 0u; }).dispersion, 1.0);
}

TEST_CASE("a glitch at one threshold and a noisy row do not move it") {
  const auto faulty = [](int t, int a, int row) { return (t == 2 && a == 1) || (row == 31 && a == 0) ? 9u : 1u; };
  const Uncertain dispersion = Scan(4).draw(3.0, faulty).dispersion;
  CHECK(dispersion.value == Approx(1.0).margin(0.04));
}
