// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/calibration/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/core/sample.hpp"
#include "velocal/fit/asic_fit.hpp"
#include "velocal/fit/line_origins.hpp"
#include "velocal/model/photon_source.hpp"

namespace velocal {
namespace {

constexpr double usual_largest_target = 1000.0;  // DAC
constexpr double smallest_gain = 5.0;            // e-/DAC, a third of the design's: what a target beyond that needs

Uncertain undefined_unless(bool defined, Uncertain value) {
  return defined ? value : Uncertain{};
}

double largest_target(const PhotonSource& source) {
  return std::max(usual_largest_target, source.pairs().value / smallest_gain);
}

Uncertain target_of(Uncertain line, const ScanFit& fit, double origin_dac, double origin_error) {
  const double value = line.value - origin_dac;
  return undefined_unless(value > 0.0 && value < largest_target(fit.source),
                          {value, std::hypot(line.error, origin_error)});
}

const PixelMatrix<double>& errors_of(const NoiseBaseline& baseline, BaselineUncertainty uncertainty) {
  return uncertainty == BaselineUncertainty::width ? baseline.width : baseline.error;
}

/// What common causes do to the chip.
struct CommonCause {
  std::string cause;
  double target;
};

std::vector<CommonCause> common_causes(const ScanFit& fit) {
  std::vector<CommonCause> causes;
  for (const SharedParameter& shared : fit.shared) {
    causes.push_back({shared.name, std::abs(shared.line_slope * shared.value.error)});
  }
  if (fit.second_share_slope != 0.0) {
    const double share = fit.source.lines[1].share;
    causes.push_back(
        {"K-beta share", std::abs(fit.second_share_slope) * share * (1.0 - share) * usual_ratio_uncertainty});
  }
  causes.push_back({std::string(baseline_drift), usual_baseline_drift});
  return causes;
}

/// Medians over the pixels that have a target.
double median_error(const PixelMatrix<double>& errors, const PixelMatrix<double>& target) {
  std::vector<double> found;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (!std::isnan(target[pixel])) found.push_back(errors[pixel]);
  }
  return quantile(found, 0.5);
}

Budget budget_of(const ScanFit& fit, const Calibration& calibration, Uncertain pairs) {
  Budget budget;
  if (calibration.target_means.pixels == 0) return budget;
  const double target = calibration.target_means.mean, gain = calibration.gain_means.mean;
  const auto add = [&](const std::string& cause, bool common, double error) {
    budget.rows.push_back({cause, common, error, gain * error / target});
  };
  const bool width = calibration.uncertainty == BaselineUncertainty::width;
  add("counts", false, median_error(fit.pixels.find(quantity::line)->error, calibration.target.value));
  add(width ? "noise width" : "noise baseline", false,
      median_error(errors_of(*fit.baseline, calibration.uncertainty), calibration.target.value));
  for (const CommonCause& common : common_causes(fit)) add(common.cause, true, common.target);
  budget.rows.push_back({"pair energy", true, 0.0, gain * pairs.error / pairs.value});
  return budget;
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

UncertainMatrix target_matrix(const ScanFit& fit, BaselineUncertainty uncertainty) {
  UncertainMatrix target;
  const ParameterMap* const line = fit.pixels.find(quantity::line);
  if (!fit.baseline || line == nullptr) return target;
  const PixelMatrix<double>& errors = errors_of(*fit.baseline, uncertainty);
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    if (!fit.pixels.good(pixel) || !fit.baseline->found(pixel)) continue;
    const double origin = line_origin(fit.settings.baseline, fit.baseline->mean[pixel]);
    const Uncertain value = target_of({line->value[pixel], line->error[pixel]}, fit, origin, errors[pixel]);
    target.value[pixel] = value.value;
    target.error[pixel] = value.error;
  }
  return target;
}

UncertainMatrix gain_matrix(const UncertainMatrix& target, Uncertain pairs) {
  UncertainMatrix matrix;
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

Calibration calibrate(const ScanFit& fit, const Source& source, BaselineUncertainty uncertainty) {
  if (!fit.baseline) {
    throw InputError("there is no target without the noise baseline", "the fit carries none",
                     "Name the scan's baseline folder in the descriptor, and make flux and fit anew",
                     Remedy::make_flux);
  }
  const Uncertain pairs = pair_count(source);
  const bool width = uncertainty == BaselineUncertainty::width;
  const Uncertain own_pairs{pairs.value, width ? pairs.error : 0.0};
  const PixelSelection pixels = contributing_pixels(fit.pixels);
  const double origin = LineOrigins(*fit.baseline, pixels, fit.settings.baseline).mean();
  const double origin_error =
      width ? mean_baseline_width(*fit.baseline, pixels) : mean_baseline_error(*fit.baseline, pixels);
  const auto calibrate_curve = [&](const AsicFit& asic) {
    const Uncertain target = target_of(asic.fit.parameter(quantity::line), fit, origin, origin_error);
    return AsicCalibration{asic, target, gain(own_pairs, target)};
  };
  Calibration result;
  result.source = photon_source(source);
  result.uncertainty = uncertainty;
  result.target = target_matrix(fit, uncertainty);
  result.gain = gain_matrix(result.target, own_pairs);
  result.target_means = pixel_means(result.target.value);
  result.gain_means = pixel_means(result.gain.value);
  result.budget = budget_of(fit, result, pairs);
  result.statuses = count_statuses(fit.pixels);
  result.residuals = fit.residuals;
  result.asic = calibrate_curve(fit.asic);
  result.asic_good = calibrate_curve(fit.asic_good);
  return result;
}

}  // namespace velocal
