// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the gain K of a dataset that has been calibrated: read_gain DATASET.yaml
#include <cstdio>

#include "velocal/velocal.hpp"

int main(int count, char** arguments) try {
  if (count != 2) return std::fputs("Usage: read_gain DATASET.yaml\n", stderr), 2;
  const velocal::Dataset dataset = velocal::read_dataset(arguments[1]);
  for (const velocal::ScanSettings& scan : dataset.scans) {
    const velocal::ResultPaths paths(dataset, scan.label);
    const auto stored = velocal::read_matrices(paths.matrices(), velocal::provenance_of(dataset, scan.label));
    const velocal::UncertainMatrix& gain = stored.value.gain;  // 256 x 256, NaN where a pixel has none
    const velocal::PixelMeans& means = stored.value.gain_means;
    std::printf("%s: K = %.3f e-/DAC over %zu pixels\n", scan.label.c_str(), means.mean, means.pixels);
    std::printf("row 127, column 128: %.2f +- %.2f e-/DAC\n", gain.value(127, 128), gain.error(127, 128));
  }
} catch (const velocal::Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
