// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "velocal/core/sample.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/noise/noise_file_name.hpp"
#include "velocal/noise/pixel_noise.hpp"
#include "velocal/noise/trim_prediction.hpp"
#include "velocal/scan/noise_baseline.hpp"

namespace velocal {

/// One noise scan and what was found in it.
struct MeasuredNoise {
  NoiseFileName file;  ///< of the first masking pattern
  PixelNoise noise;
};

/// The noise baseline of a chip, from its noise scans.
struct MeasuredBaseline {
  std::string asic;
  std::string estimator;
  NoisePrediction kind = NoisePrediction::linear;
  MeasuredNoise trim0 = {};
  MeasuredNoise trimF = {};
  std::optional<MeasuredNoise> control = {};  ///< taken at the trims in use
  TrimPrediction prediction = {};
  std::string inputs = {};         ///< list of the files: an input_line() for each
  std::string inputs_sha256 = {};  ///< digest of the list
};

/// Where the noise scans of a dataset lie.
struct NoiseScanFiles {
  std::filesystem::path folder;
  NoiseFileName trim0;
  NoiseFileName trimF;
  std::optional<NoiseFileName> control;
};
/// Looks the files up. Throws DescriptorError when the dataset has no section `noise`, and InputError when there are no
/// scans, or they are of another chip, trim or step.
NoiseScanFiles noise_scan_files(const Dataset& dataset);

/// Reads the noise scans of a dataset and computes its baseline. Reads one file after the other, on all `threads`
/// (<= 0: all there are); the result does not depend on their number. Throws as noise_scan_files() and
/// predict_baseline() do, and InputError when a file is damaged.
MeasuredBaseline measure_baseline(const Dataset& dataset, int threads = 0);

/// Prediction less control [DAC]; NaN where one of them is missing.
PixelMatrix<double> control_difference(const MeasuredBaseline& baseline);

/// How far the prediction is off, over the pixels that have both.
struct ControlComparison {
  Moments difference;          ///< DAC
  std::size_t far_pixels = 0;  ///< more than 1 DAC off
};
/// Compares the prediction with the control scan; no pixels without one.
ControlComparison compare_with_control(const MeasuredBaseline& baseline);

/// What a scan takes: mean and width of the noise, predicted (its width that of trim 0) or of the control scan. Mean,
/// error and width are 0 where there are none; whole numbers are as they were found, see complete_cut_means(). Throws
/// InputError when there is no control scan.
NoiseBaseline noise_baseline(const MeasuredBaseline& baseline, BaselineKind kind);

}  // namespace velocal
