// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/fit/asic_fit.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/scan/noise_baseline.hpp"

namespace velocal {

/// Where a baseline lies in the thresholds that results count in (LineOrigins): what E0 counts from [DAC].
double line_origin(BaselineMode mode, double baseline_dac);

/// Where the noise baseline lies in the thresholds that a scan's results count in: there raw DAC (`after`), DAC above
/// the baseline (`before`: it lies at 0), or above its integer part (`aligned`). Models that count from the baseline
/// (FluxModel::above_baseline()) count from here; results have this added to their E0.
class LineOrigins {
 public:
  /// A pixel without a baseline takes the mean over the selected pixels that have one.
  LineOrigins(const NoiseBaseline& baseline, const PixelSelection& selected, BaselineMode mode);

  double of_pixel(std::size_t pixel) const { return origin_[pixel]; }
  /// Mean over the selected pixels: that of the chip's curves.
  double mean() const { return mean_; }
  /// Adds them to the values of E0, or takes them off.
  void add_to(PixelFits& fits) const;
  void add_to(CurveFit& fit) const { move_line(fit, mean_); }
  void take_off(CurveFit& fit) const { move_line(fit, -mean_); }
  /// Takes the mean off the thresholds of a curve of the chip.
  FluxCurve taken_off(FluxCurve curve) const;

 private:
  static void move_line(CurveFit& fit, double by);

  PixelMatrix<double> origin_;
  double mean_;
};

/// Those of a scan's fits; empty where their model does not count from the baseline.
std::optional<LineOrigins> origins_of(const ScanFit& fit, const FluxModel& model);

}  // namespace velocal
