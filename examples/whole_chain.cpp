// SPDX-License-Identifier: GPL-3.0-or-later
// From the files of a scan to the gain K, as velocal-flux, velocal-fit and velocal-matrices do: whole_chain
// DATASET.yaml
#include <cstdio>

#include "velocal/velocal.hpp"

int main(int count, char** arguments) try {
  if (count != 2) return std::fputs("Usage: whole_chain DATASET.yaml\n", stderr), 2;
  const velocal::Dataset dataset = velocal::read_dataset(arguments[1]);
  const velocal::ScanSettings& scan = dataset.scan("warm");

  const velocal::FluxCube cube = velocal::accumulate_flux(dataset, scan);   // counts and live time
  const velocal::ScanFit fit = velocal::fit_scan(cube, scan, dataset.fit);  // status, parameters, ASIC
  const velocal::Calibration calibration =                                  // target, K
      velocal::calibrate(fit, scan.source, scan.baseline_uncertainty);

  const velocal::PixelMeans& gain = calibration.gain_means;
  std::printf("K = %.3f e-/DAC over %zu pixels\n", gain.mean, gain.pixels);
  std::printf("row 127, column 128: %.2f +- %.2f e-/DAC\n", calibration.gain.value(127, 128),
              calibration.gain.error(127, 128));
} catch (const velocal::Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
