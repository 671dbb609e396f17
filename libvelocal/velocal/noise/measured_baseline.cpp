// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/noise/measured_baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "velocal/core/error.hpp"
#include "velocal/core/sha256.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/noise/find_noise_scan.hpp"
#include "velocal/noise/noise_scan.hpp"
#include "velocal/scan/input_line.hpp"

namespace velocal {
namespace {

NoiseFileName chosen_scan(const std::filesystem::path& folder, const std::string& file, const WantedNoiseScan& wanted) {
  return file.empty() ? find_noise_scan(folder, wanted) : named_noise_scan(file, wanted);
}

/// Scans of one equalisation have one step.
void require_step(const NoiseFileName& first, const NoiseFileName& other) {
  if (first.sweep.step == other.sweep.step) return;
  throw InputError(fmt::format("{} has another step than {}", other.text(), first.text()),
                   fmt::format("{} and {} DAC", other.sweep.step, first.sweep.step),
                   "Name scans of one equalisation in the descriptor");
}

/// A matrix of trims in use.
PixelMatrix<std::uint8_t> read_trims(const std::filesystem::path& file, const ContentsSeen& seen) {
  const PixelMatrix<double> values = read_matrix_csv(file, seen);
  PixelMatrix<std::uint8_t> trims;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    if (values[i] > highest_trim || values[i] != std::floor(values[i])) {
      const Pixel pixel = Pixel::at(i);
      throw InputError(fmt::format("{}: a trim is an integer from 0 to {}", file.string(), highest_trim),
                       fmt::format("it is {} at row {}, column {}", values[i], pixel.row, pixel.column),
                       "Name the trims of the equalisation: noise.trims");
    }
    trims[i] = static_cast<std::uint8_t>(values[i]);
  }
  return trims;
}

}  // namespace

NoiseScanFiles noise_scan_files(const Dataset& dataset) {
  if (!dataset.noise) {
    throw DescriptorError(fmt::format("{} has no section noise", dataset.file.string()),
                          "it says where the noise scans lie", "Add noise: {folder: ...}");
  }
  const NoiseSettings& settings = *dataset.noise;
  NoiseScanFiles files{.folder = dataset.data_root / settings.folder, .trim0 = {}, .trimF = {}, .control = {}};
  files.trim0 = chosen_scan(files.folder, settings.trim0, {"trim0", "Trim0", dataset.asic});
  files.trimF = chosen_scan(files.folder, settings.trimF, {"trimF", "TrimF", dataset.asic});
  require_step(files.trim0, files.trimF);
  if (settings.control.empty()) return files;
  files.control = named_noise_scan(settings.control, {"control", {}, dataset.asic});
  require_step(files.trim0, *files.control);
  return files;
}

MeasuredBaseline measure_baseline(const Dataset& dataset, int threads) {
  const NoiseScanFiles files = noise_scan_files(dataset);
  const NoiseSettings& settings = *dataset.noise;
  MeasuredBaseline baseline;  // with braces GCC 12 destroys a part of it twice where memory runs out in between
  baseline.asic = dataset.asic;
  baseline.estimator = settings.estimator;
  baseline.kind = settings.prediction;
  const auto measured = [&](const NoiseFileName& name) {
    const NoiseScan scan = read_noise_scan(files.folder, name, threads, listed_in(baseline.inputs));
    return MeasuredNoise{name, pixel_noise(scan, settings.estimator, threads)};
  };
  baseline.trim0 = measured(files.trim0);
  baseline.trimF = measured(files.trimF);
  if (files.control) baseline.control = measured(*files.control);
  std::optional<PixelMatrix<std::uint8_t>> trims;
  if (!settings.trims.empty()) trims = read_trims(files.folder / settings.trims, listed_in(baseline.inputs));
  baseline.prediction = predict_baseline(baseline.trim0.noise, baseline.trimF.noise, settings.prediction, trims);
  baseline.inputs_sha256 = sha256_hex(std::as_bytes(std::span(baseline.inputs)));
  return baseline;
}

PixelMatrix<double> control_difference(const MeasuredBaseline& baseline) {
  PixelMatrix<double> difference(undefined);
  if (!baseline.control) return difference;
  const PixelNoise& control = baseline.control->noise;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    if (control.usable(i)) difference[i] = baseline.prediction.baseline[i] - control.mean[i];
  }
  return difference;
}

ControlComparison compare_with_control(const MeasuredBaseline& baseline) {
  const std::vector<double> differences = finite_values(control_difference(baseline).values());
  const auto far = [](double difference) { return std::abs(difference) > 1.0; };
  return {moments(differences), static_cast<std::size_t>(std::ranges::count_if(differences, far))};
}

NoiseBaseline noise_baseline(const MeasuredBaseline& baseline, BaselineKind kind) {
  const bool control = kind == BaselineKind::control;
  if (control && !baseline.control) {
    throw InputError("the noise baseline has no control scan", "baseline.kind is control",
                     "Name one in the section noise (control) and make the noise baseline anew, or take the predicted");
  }
  const PixelNoise& noise = control ? baseline.control->noise : baseline.trim0.noise;
  NoiseBaseline result;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    const double mean = control ? noise.mean[i] : baseline.prediction.baseline[i];
    const bool found = std::isfinite(mean) && (!control || noise.usable(i));
    if (found) result.mean[i] = mean;
    if (found) result.error[i] = control ? noise.error[i] : baseline.prediction.error[i];
    if (found && std::isfinite(noise.width[i])) result.width[i] = noise.width[i];
  }
  return result;
}

}  // namespace velocal
