// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/descriptor/noise_settings.hpp"
#include "velocal/scan/matrix_csv.hpp"

namespace velocal {

/// Noise baseline of the equalisation, per pixel [DAC].
struct NoiseBaseline {
  PixelMatrix<double> mean;        ///< 0: not found
  PixelMatrix<double> width;       ///< of the pixel's noise, >= 0
  PixelMatrix<double> error = {};  ///< of the mean, independent from pixel to pixel, >= 0; 0: it is exact
  double added = 0.0;              ///< what the mean has got since it was cut to an integer; its file holds it without

  /// Whether the pixel of that index, 0...65535, has a baseline.
  bool found(std::size_t pixel) const { return mean[pixel] > 0.0; }
};

/// What keeps a baseline from being one, in words; empty when nothing does.
std::string problem_of(const NoiseBaseline& baseline);

/// Throws UsageError unless all numbers are 0...65535 DAC, as thresholds are.
void require_valid(const NoiseBaseline& baseline);

/// Adds 0.5 DAC to means that are all whole numbers, as the established programs cut them, and 1/sqrt(12) DAC to their
/// errors (in quadrature). Other means stay as they are.
void complete_cut_means(NoiseBaseline& baseline);

/// Error of a mean from CSV files, which say nothing of the number of hits [DAC]: what two real noise scans of a chip
/// differ by, over sqrt(2) (docs/physics.md, "Uncertainty of the baseline").
inline constexpr double usual_baseline_error = 0.3;

/// Reads `<folder>/<asic>_TrimBest_Noise_Predict.csv` and `<folder>/<asic>_Trim0_Noise_Width.csv`, or those of the
/// control scan (scan/file_naming.hpp). Each is opened once, in this order; `seen` may be empty. Throws InputError
/// (file and place) when one is missing, has another shape, or holds anything but numbers from 0 to 65535. The error is
/// the usual one; the means are as in the file, see complete_cut_means().
NoiseBaseline read_noise_baseline(const std::filesystem::path& folder, std::string_view asic,
                                  const ContentsSeen& seen = {}, BaselineKind kind = BaselineKind::predicted);

}  // namespace velocal
