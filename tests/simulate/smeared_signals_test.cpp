// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/smeared_signals.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>

#include "support/diffusion_integral.hpp"
#include "support/line_curves.hpp"
#include "velocal/simulate/flux_table.hpp"

using namespace velocal;

namespace {

std::vector<Signal> draw_signals(const std::vector<PhotonLine>& lines, double sigma_um, std::uint64_t photons,
                                 std::uint64_t seed) {
  std::vector<ChargeShares> shares;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    shares.push_back(draw_charge_shares(lines[l], {}, sigma_um, photons, 10 * seed + l));
  }
  return signals_of(lines, shares);
}

constexpr std::size_t sample_count = 16;
using Samples = std::vector<std::vector<Signal>>;

Samples draw_samples(const std::vector<PhotonLine>& lines, double sigma_um) {
  Samples samples;
  for (std::size_t seed = 0; seed < sample_count; ++seed) {
    samples.push_back(draw_signals(lines, sigma_um, 200'000, seed));
  }
  return samples;
}

/// F/R at each threshold: mean over the samples, and its standard error.
struct Drawn {
  std::vector<double> mean, error;
};

Drawn curve_of(const Samples& samples, double s, double target, const std::vector<double>& threshold) {
  const std::size_t points = threshold.size();
  Drawn drawn{std::vector<double>(points), std::vector<double>(points)};
  std::vector<double> square(points);
  for (const auto& sample : samples) {
    const SmearedSignals smeared(sample, s / target);
    for (std::size_t i = 0; i < points; ++i) {
      const double flux = smeared(threshold[i] / target);
      drawn.mean[i] += flux / sample_count;
      square[i] += flux * flux / sample_count;
    }
  }
  for (std::size_t i = 0; i < points; ++i) {
    const double variance = square[i] - drawn.mean[i] * drawn.mean[i];
    drawn.error[i] = std::sqrt(std::max(0.0, variance) / (sample_count - 1));
  }
  return drawn;
}

/// `accuracy` is that of what is expected. The standard error of 16 samples is itself only good to 18 %.
void check_agreement(const Drawn& drawn, const std::vector<double>& expected, double accuracy) {
  double difference = 0.0, significance = 0.0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double off = std::abs(drawn.mean[i] - expected[i]);
    CAPTURE(i, drawn.mean[i], expected[i], drawn.error[i]);
    CHECK(off < 5.0 * std::hypot(drawn.error[i], accuracy));
    difference = std::max(difference, off);
    significance = std::max(significance, off / std::hypot(drawn.error[i], accuracy));
  }
  std::cout << "drawn photons: within " << difference << " R and " << significance << " standard errors\n";
}

}  // namespace

TEST_CASE("the curve of drawn photons is the integral of the physical curve", "[thorough]") {
  const double sigma = GENERATE(2.5, 4.5, 8.0);
  constexpr double target = 124.0;
  const test::DiffusionIntegral integral(test::iron_lines(), {}, sigma);
  const Samples samples = draw_samples(test::iron_lines(), sigma);
  for (const double s : {2.0, 4.5}) {
    std::vector<double> threshold;
    for (double E = 6.0 * s; E < 165.0; E += 5.0) threshold.push_back(E);
    CAPTURE(sigma, s);
    check_agreement(curve_of(samples, s, target, threshold), integral(s, target, threshold), 2e-6);
  }
}

TEST_CASE("the curve of drawn photons is the one that was integrated elsewhere", "[thorough]") {
  if (!test::have_line_curves()) return;
  for (const auto& [name, points] : test::read_line_curves()) {
    const auto& [sigma, s, target, which] = name;
    auto lines = test::iron_lines();
    for (PhotonLine& line : lines) line.pairs *= 3.68 / 3.69;
    if (which == "Ka") {
      lines.resize(1);
      lines[0].share = 1.0;
    }
    std::vector<double> threshold, expected;
    for (const auto& [E, flux] : points) {
      threshold.push_back(E);
      expected.push_back(flux);
    }
    CAPTURE(sigma, s, target, which);
    const Samples samples = draw_samples(lines, std::stod(sigma));
    check_agreement(curve_of(samples, std::stod(s), std::stod(target), threshold), expected, 5e-6);
  }
}

TEST_CASE("photons far away do not count with the noise, and nothing passes above the lines") {
  const auto signals = draw_signals(test::iron_lines(), 4.5, 100'000, 1);
  constexpr double noise = 0.036;
  const SmearedSignals smeared(signals, noise);
  std::vector<Signal> far = signals;
  far.insert(far.begin(), Signal{1e-6, 1e-12, 1000.0});  // as many pixels as one likes
  CHECK(SmearedSignals(far, noise)(2.0 * noise) == Approx(smeared(2.0 * noise)).margin(0.01));
  CHECK(smeared(-6.0 * noise) == Approx(0.0).margin(1e-6));
  CHECK(smeared(smeared.end()) == Approx(0.0).margin(1e-9));
}

TEST_CASE("the table is within 5e-6 of what it tabulates, for any pixel of a scan") {
  const auto signals = draw_signals(test::iron_lines(), 4.5, 200'000, 1);
  const FluxTable::Range range = GENERATE(FluxTable::Range{1.0 / 400.0, 15.0 / 60.0, -0.2},
                                          FluxTable::Range{0.036, 0.036, 0.4}, FluxTable::Range{0.02, 0.06, 3.0});
  const FluxTable table(signals, range);
  double largest = 0.0;
  for (const double part : {0.0, 0.013, 0.3, 0.52, 0.777, 1.0}) {
    const double noise = range.least_noise * std::pow(range.most_noise / range.least_noise, part);
    const SmearedSignals smeared(signals, noise);
    for (double threshold = range.least_threshold; threshold < range.least_threshold + 1.7; threshold += 0.00237) {
      if (threshold <= -6.0 * noise) continue;
      largest = std::max(largest, std::abs(table(threshold, noise) - smeared(threshold)));
    }
  }
  CHECK(largest < 5e-6);
  CHECK(table(-6.1 * range.most_noise, range.most_noise) == 0.0);
}
