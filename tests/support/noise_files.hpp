// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/noise/noise_file_name.hpp"

// Noise scans drawn from a known truth and encoded without the library, so that a mistake in it cannot hide itself.

namespace velocal::test {

/// Hits of each pixel at one threshold, 0...63.
using NoiseFrame = PixelMatrix<int>;

/// The file's bytes: each counter is stepped hit by hit, and their bits are put one after the other.
std::string encoded(const std::vector<NoiseFrame>& frames);

/// Gaussian bumps of so many expected hits at their top; a pixel with peak 0 has no noise.
struct NoiseTruth {
  PixelMatrix<double> mean;
  PixelMatrix<double> width{6.0};
  PixelMatrix<double> peak;
};

/// Poisson hits at each threshold of the sweep; the counter stops at 63.
std::vector<NoiseFrame> draw_noise(const NoiseTruth& truth, const NoiseSweep& sweep, std::uint64_t seed);

/// Draws a scan and writes the file of its only masking pattern. Returns the file's name.
std::string write_noise_scan(const std::filesystem::path& folder, const NoiseFileName& name, const NoiseTruth& truth,
                             std::uint64_t seed);

/// The noise of the chip M_V in three scans: every eighth row has noise, with means drawn about 1300 at trim 0 and
/// 1360 at trim F (spread 5), and at `trim` on the straight line between. `at_trim` is the truth of that scan.
struct DrawnEqualisation {
  NoiseTruth trim0;
  NoiseTruth trimF;
  NoiseTruth at_trim(const PixelMatrix<std::uint8_t>& trim) const;
};
DrawnEqualisation drawn_equalisation(std::uint64_t seed = 1);

/// Sweep that holds all of it.
inline const NoiseSweep wide_sweep{1410, 3, 50};

}  // namespace velocal::test
