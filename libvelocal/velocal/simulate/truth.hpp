// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/descriptor/source.hpp"
#include "velocal/model/photon_line.hpp"
#include "velocal/scan/noise_baseline.hpp"

namespace velocal {

/// What a scan from first principles was drawn from, beside what every Truth has.
struct PhysicalTruth {
  PixelMatrix<double> rate;  ///< R [hits/s]; 0 in masked pixels
  double sigma_um = 0.0;     ///< width of the cloud after the whole thickness
  Sensor sensor;
  std::vector<PhotonLine> lines;
};

/// What a simulated scan was drawn from: in each pixel the parameters of F1_0, or those of `physics`; and a flat
/// background.
struct Truth {
  PixelMatrix<double> shelf;      ///< f; 0 with `physics`
  PixelMatrix<double> amplitude;  ///< A; 0 in masked pixels, and with `physics`
  PixelMatrix<double> width;      ///< s [DAC]; with `physics` the noise alone
  PixelMatrix<double> line;       ///< E0 [DAC]; with `physics` that of the first line
  PixelMatrix<double> target;     ///< E0 - baseline [DAC], also where the baseline is hidden from the analysis
  PixelMask mask;
  NoiseBaseline baseline;   ///< as written for the analysis: 0 where hidden
  double background = 0.0;  ///< hits/s per pixel
  std::uint64_t seed = 0;
  std::optional<PhysicalTruth> physics;  ///< empty: drawn from F1_0
  /// An input_line() for each file of this chip that was drawn into the scan's folders; "": of an older version.
  std::string files;
};

}  // namespace velocal
