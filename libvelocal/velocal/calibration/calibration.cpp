// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/calibration.hpp"

#include <algorithm>
#include <cmath>

#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/core/sample.hpp"
#include "velocal/fit/asic_fit.hpp"
#include "velocal/model/photon_source.hpp"

namespace velocal {
namespace {

constexpr double usual_largest_target = 1000.0;  // DAC
constexpr double smallest_gain = 5.0;            // e-/DAC, a third of the design's: what a target beyond that needs
constexpr double largest_gain = 50.0;            // e-/DAC

Uncertain undefined_unless(bool defined, Uncertain value) {
  return defined ? value : Uncertain{};
}

double largest_target(const PhotonSource& source) {
  return std::max(usual_largest_target, source.pairs().value / smallest_gain);
}

/// Target from the position of the line: the baseline is taken off unless that was done before the fit.
Uncertain target_of(Uncertain line, const ScanFit& fit, double baseline_dac, double width_dac) {
  const double value = line.value - (fit.settings.baseline == BaselineMode::after ? baseline_dac : 0.0);
  return undefined_unless(value > 0.0 && value < largest_target(fit.source),
                          {value, std::hypot(line.error, width_dac)});
}

}  // namespace

Uncertain pair_count(const Source& source) {
  return photon_source(source).pairs();
}

Uncertain gain(Uncertain pairs, Uncertain target) {
  const double gain = pairs.value / target.value;
  const double error = gain * std::hypot(pairs.error / pairs.value, target.error / target.value);
  return undefined_unless(target.value > 0.0 && gain < largest_gain, {gain, error});
}

UncertainMatrix target_matrix(const ScanFit& fit) {
  UncertainMatrix target;
  const ParameterMap* const line = fit.pixels.find(quantity::line);
  if (!fit.baseline || line == nullptr) return target;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (!fit.pixels.good(pixel) || !fit.baseline->found(pixel)) continue;
    const Uncertain value =
        target_of({line->value[pixel], line->error[pixel]}, fit, fit.baseline->mean[pixel], fit.baseline->width[pixel]);
    target.value[pixel] = value.value;
    target.error[pixel] = value.error;
  }
  return target;
}

UncertainMatrix gain_matrix(const UncertainMatrix& target, const Source& source) {
  UncertainMatrix matrix;
  const Uncertain pairs = pair_count(source);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const Uncertain value = gain(pairs, {target.value[pixel], target.error[pixel]});
    matrix.value[pixel] = value.value;
    matrix.error[pixel] = value.error;
  }
  return matrix;
}

PixelMeans pixel_means(const PixelMatrix<double>& values) {
  const Moments found = moments(finite_values(values.values()));
  return {found.count, found.mean, found.standard_deviation, found.mean_error};
}

Calibration calibrate(const ScanFit& fit, const Source& source) {
  if (!fit.baseline) {
    throw InputError("there is no target without the noise baseline", "the fit carries none",
                     "Name the scan's baseline folder in the descriptor, and make flux and fit anew",
                     Remedy::make_flux);
  }
  const PixelSelection pixels = contributing_pixels(fit.pixels);
  const double baseline_dac = mean_baseline(*fit.baseline, pixels);
  const double width_dac = mean_baseline_width(*fit.baseline, pixels);
  const auto calibrate_curve = [&](const AsicFit& asic) {
    const Uncertain target = target_of(asic.fit.parameter(quantity::line), fit, baseline_dac, width_dac);
    return AsicCalibration{asic, target, gain(pair_count(source), target)};
  };
  Calibration result;
  result.source = photon_source(source);
  result.target = target_matrix(fit);
  result.gain = gain_matrix(result.target, source);
  result.target_means = pixel_means(result.target.value);
  result.gain_means = pixel_means(result.gain.value);
  for (const SharedParameter& shared : fit.shared) {
    result.shared_target_error = std::hypot(result.shared_target_error, shared.line_slope * shared.value.error);
  }
  if (!fit.shared.empty()) {
    result.shared_gain_error = result.gain_means.mean * result.shared_target_error / result.target_means.mean;
  }
  result.statuses = count_statuses(fit.pixels);
  result.residuals = fit.residuals;
  result.asic = calibrate_curve(fit.asic);
  result.asic_good = calibrate_curve(fit.asic_good);
  return result;
}

}  // namespace velocal
