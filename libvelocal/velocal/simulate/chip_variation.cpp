// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/chip_variation.hpp"

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <string_view>

#include "velocal/simulate/stream_seed.hpp"

namespace velocal {
namespace {

// Sizes of the faults: far beyond what good chips differ by.
constexpr double shifted_gain = 0.9;
constexpr double noisy_width = 2.0;
constexpr double noisy_background = 3.0e-3;  ///< hits/s per pixel

double draw_factor(double spread, std::uint64_t seed, std::string_view what) {
  boost::random::mt19937_64 engine(stream_seed(seed, what));
  return std::max(0.1, boost::random::normal_distribution<double>(1.0, spread)(engine));
}

void scale(Spread& quantity, double factor) {
  quantity.mean *= factor;
  quantity.spread *= factor;
}

void scale_light(SimulationSettings& settings, double factor) {
  settings.amplitude *= factor;
  if (settings.physics) settings.physics->rate *= factor;
}

void plant_fault(SimulationSettings& settings) {
  switch (settings.fault) {
    case ChipFault::none:
    case ChipFault::missing_files: return;
    case ChipFault::dead:
      scale_light(settings, 0.0);
      settings.background = 0.0;
      return;
    case ChipFault::noisy:
      scale(settings.width, noisy_width);
      settings.background = noisy_background;
      return;
    case ChipFault::shifted_gain: scale(settings.target, 1.0 / shifted_gain);
  }
}

}  // namespace

std::uint64_t chip_seed(const Dataset& dataset, std::uint64_t seed) {
  return dataset.one_of_many ? stream_seed(seed, dataset.asic) : seed;
}

ScanSettings scan_of_chip(const Dataset& dataset, ScanSettings scan, std::uint64_t seed) {
  if (!dataset.one_of_many) return scan;
  SimulationSettings& settings = *scan.simulation;
  const std::uint64_t own = chip_seed(dataset, seed);
  scale(settings.target, 1.0 / draw_factor(settings.chips.gain_spread, own, "gain of the chip"));
  const double noise = draw_factor(settings.chips.noise_spread, own, "noise of the chip");
  scale(settings.width, noise);
  scale(settings.baseline_width, noise);
  scale_light(settings, draw_factor(settings.chips.illumination_spread, own, "illumination of the chip"));
  plant_fault(settings);
  return scan;
}

}  // namespace velocal
