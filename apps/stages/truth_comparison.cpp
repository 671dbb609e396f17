// SPDX-License-Identifier: GPL-3.0-or-later
#include "stages/truth_comparison.hpp"

#include <cmath>

#include "velocal/core/quantity.hpp"

namespace velocal {
namespace {

/// Mean of the defined differences value - truth.
double mean_difference(const PixelMatrix<double>& value, const PixelMatrix<double>& truth) {
  PixelMatrix<double> difference(undefined);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) difference[pixel] = value[pixel] - truth[pixel];
  return pixel_means(difference).mean;
}

PixelMeans line_pulls(const ScanFit& fit, const Truth& truth) {
  PixelMatrix<double> pull(undefined);
  const ParameterMap* line = fit.pixels.find(quantity::line);
  if (line == nullptr) return {};
  const auto& drawn = fit.settings.baseline == BaselineMode::after ? truth.line : truth.target;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const double value = (line->value[pixel] - drawn[pixel]) / line->error[pixel];
    if (std::isfinite(value)) pull[pixel] = value;
  }
  return pixel_means(pull);
}

}  // namespace

TruthDifference difference_from_truth(const Calibration& calibration, const Source& source, const Truth& truth) {
  UncertainMatrix drawn_target;
  drawn_target.value = truth.target;
  const UncertainMatrix drawn_gain = gain_matrix(drawn_target, pair_count(source));
  return {mean_difference(calibration.target.value, truth.target),
          mean_difference(calibration.gain.value, drawn_gain.value)};
}

TruthComparison compare_with_truth(const ScanFit& fit, const Calibration& calibration, const Source& source,
                                   const Truth& truth) {
  const PixelMeans pulls = line_pulls(fit, truth);
  return {.pixels = calibration.target_means.pixels,
          .difference = difference_from_truth(calibration, source, truth),
          .pulls = pulls.pixels,
          .pull_mean = pulls.mean,
          .pull_width = pulls.standard_deviation};
}

}  // namespace velocal
