// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/calibration.hpp"

#include <fmt/format.h>

#include <cmath>

#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/core/sample.hpp"
#include "velocal/fit/asic_fit.hpp"

namespace velocal {
namespace {

constexpr double largest_target_dac = 1000.0;
constexpr double largest_gain = 50.0;  // e-/DAC

Uncertain undefined_unless(bool defined, Uncertain value) {
  return defined ? value : Uncertain{};
}

/// Target from the position of the line: the baseline is taken off unless that was done before the fit.
Uncertain target_of(Uncertain line, BaselineMode mode, double baseline_dac, double width_dac) {
  const double value = line.value - (mode == BaselineMode::after ? baseline_dac : 0.0);
  return undefined_unless(value > 0.0 && value < largest_target_dac, {value, std::hypot(line.error, width_dac)});
}

/// The pixels behind the curve of the ASIC: unmasked, in the group.
PixelSelection contributing(const PixelFits& fits) {
  PixelSelection selected;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const auto reason = static_cast<StatusReason>(fits.reason[pixel]);
    selected[pixel] = reason != StatusReason::masked && reason != StatusReason::outside_group ? 1 : 0;
  }
  return selected;
}

}  // namespace

Uncertain pair_count(const Source& source) {
  const auto positive = [](double value) { return std::isfinite(value) && value > 0.0; };
  if (!positive(source.photon_energy_eV) || !positive(source.pair_energy_eV) ||
      !(source.pair_energy_uncertainty_eV >= 0.0) || !std::isfinite(source.pair_energy_uncertainty_eV)) {
    throw UsageError("a source has energies above 0",
                     fmt::format("photon {} eV, pair {} +- {} eV", source.photon_energy_eV, source.pair_energy_eV,
                                 source.pair_energy_uncertainty_eV),
                     "Set the members of Source");
  }
  const double pairs = source.photon_energy_eV / source.pair_energy_eV;
  return {pairs, pairs * source.pair_energy_uncertainty_eV / source.pair_energy_eV};
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
    const Uncertain value = target_of({line->value[pixel], line->error[pixel]}, fit.settings.baseline,
                                      fit.baseline->mean[pixel], fit.baseline->width[pixel]);
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
  const PixelSelection pixels = contributing(fit.pixels);
  const double baseline_dac = mean_baseline(*fit.baseline, pixels);
  const double width_dac = mean_baseline_width(*fit.baseline, pixels);
  const auto calibrate_curve = [&](const AsicFit& asic) {
    const Uncertain target =
        target_of(asic.fit.parameter(quantity::line), fit.settings.baseline, baseline_dac, width_dac);
    return AsicCalibration{asic, target, gain(pair_count(source), target)};
  };
  Calibration result;
  result.target = target_matrix(fit);
  result.gain = gain_matrix(result.target, source);
  result.target_means = pixel_means(result.target.value);
  result.gain_means = pixel_means(result.gain.value);
  result.statuses = count_statuses(fit.pixels);
  result.asic = calibrate_curve(fit.asic);
  result.asic_good = calibrate_curve(fit.asic_good);
  return result;
}

}  // namespace velocal
