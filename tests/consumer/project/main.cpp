// SPDX-License-Identifier: GPL-3.0-or-later
// From a descriptor to the gain K of each pixel.
#include <cmath>
#include <cstdio>

#include "velocal/calibration/calibration.hpp"
#include "velocal/descriptor/read_dataset.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/flux/accumulate_flux.hpp"
#include "velocal/model/model_registry.hpp"

int main(int, char** arguments) {
  const auto models = velocal::ModelRegistry::instance().parameter_names();
  const velocal::Dataset dataset = velocal::read_dataset(arguments[1], models);
  const velocal::ScanSettings& scan = dataset.scan("warm");

  const velocal::FluxCube cube = velocal::accumulate_flux(dataset, scan);
  const velocal::ScanFit fit = velocal::fit_scan(cube, scan, dataset.fit);
  const velocal::Calibration calibration = velocal::calibrate(fit, dataset.source);

  const velocal::PixelMatrix<double>& gain = calibration.gain.value;
  std::printf("pixel (127, 128): %.6f e-/DAC\n", gain(127, 128));
  std::printf("K %.6f e-/DAC %zu pixels\n", calibration.gain_means.mean, calibration.gain_means.pixels);
}
