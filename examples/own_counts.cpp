// SPDX-License-Identifier: GPL-3.0-or-later
// From counts that never were files to the gain K. Here they are drawn; yours may come from any read-out.
#include <cstdio>
#include <random>
#include <vector>

#include "velocal/velocal.hpp"

namespace {

constexpr double shutter_s = 131.0;
constexpr double baseline_dac = 1425.0;
constexpr double target_dac = 124.0;

/// Hits of all pixels during one acquisition. Only the rows 96 to 159 are lit; the others are masked.
velocal::PixelCounts draw_counts(double flux, std::mt19937_64& random) {
  velocal::PixelCounts counts;
  std::poisson_distribution<std::uint32_t> hits(shutter_s * flux);
  for (int row = 96; row < 160; ++row) {
    for (int column = 0; column < velocal::pixel_columns; ++column) counts(row, column) = hits(random);
  }
  return counts;
}

velocal::FluxSettings flux_settings() {
  velocal::FluxSettings settings;
  for (int threshold = 1480; threshold <= 1600; ++threshold) settings.threshold.push_back(threshold);
  settings.shutter_s = shutter_s;
  settings.mask.emplace(1);  // 1: masked
  for (int row = 96; row < 160; ++row) {
    for (int column = 0; column < velocal::pixel_columns; ++column) (*settings.mask)(row, column) = 0;
  }
  settings.baseline =
      velocal::NoiseBaseline{velocal::PixelMatrix<double>(baseline_dac), velocal::PixelMatrix<double>(5.5)};
  return settings;
}

}  // namespace

int main() {
  const velocal::FluxSettings settings = flux_settings();
  const std::vector<double> thresholds(settings.threshold.begin(), settings.threshold.end());
  const std::vector<double> truth{4e-4, 10.0, 4.5, baseline_dac + target_dac};  // f, A, s, E0 of F1_0
  std::vector<double> flux(thresholds.size());
  velocal::ModelRegistry::instance().get("F1_0").flux(truth, thresholds, flux);

  velocal::FluxAccumulator accumulator(settings);
  std::mt19937_64 random(1);
  for (std::size_t t = 0; t < thresholds.size(); ++t) {
    for (int acquisition = 0; acquisition < 2; ++acquisition) {
      accumulator.add(settings.threshold[t], acquisition, draw_counts(flux[t] + 2e-6, random));
    }
  }
  const velocal::FluxCube cube = accumulator.finish();

  velocal::ScanSettings scan;
  scan.source.photon_energy_eV = 5900.0;  // one line; without this, all lines of Fe-55
  const velocal::ScanFit fit = velocal::fit_scan(cube, scan, {});
  const velocal::Calibration calibration = velocal::calibrate(fit, scan.source);

  std::printf("target = %.1f DAC over %zu pixels, drawn with %.1f\n", calibration.target_means.mean,
              calibration.target_means.pixels, target_dac);
  std::printf("K = %.2f e-/DAC, of the whole chip %.2f\n", calibration.gain_means.mean, calibration.asic.gain.value);
}
