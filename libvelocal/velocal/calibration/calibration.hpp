// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>

#include "velocal/calibration/budget.hpp"
#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/model/photon_source.hpp"

namespace velocal {

/// A larger gain is none [e-/DAC].
inline constexpr double largest_gain = 50.0;

/// Number of electron-hole pairs that a photon of the first line makes: n = E/epsilon, u(n) = n u(epsilon)/epsilon.
/// Throws UsageError as photon_source() does.
Uncertain pair_count(const Source& source);

/// Gain K = n/target [e-/DAC], u(K) = K sqrt((u(n)/n)^2 + (u(target)/target)^2). NaN when the target is NaN or <= 0,
/// and when K >= 50.
Uncertain gain(Uncertain pairs, Uncertain target);

/// Value and uncertainty of each pixel; NaN where undefined.
struct UncertainMatrix {
  PixelMatrix<double> value{undefined};
  PixelMatrix<double> error{undefined};
};

/// Position of the photon line above the noise [DAC]: E0 less where the baseline lies in the thresholds of the fit
/// (line_origin()). Its error is that of E0 and that of the baseline, or the width of the noise. Undefined in pixels
/// that are not good, that have no baseline, or whose target is not within (0, 1000), for sources of more than 5000
/// pairs within (0, pairs/5).
UncertainMatrix target_matrix(const ScanFit& fit, BaselineUncertainty uncertainty = BaselineUncertainty::error);
/// With `pairs.error` 0 the errors are the pixels' own.
UncertainMatrix gain_matrix(const UncertainMatrix& target, Uncertain pairs);

/// Moments over the pixels that have a value, as results files hold them.
struct PixelMeans {
  std::size_t pixels = 0;
  double mean = undefined;                ///< in the unit of the values
  double standard_deviation = undefined;  ///< with the divisor N
  double mean_error = undefined;          ///< standard deviation / sqrt(pixels)
};
/// Moments over the pixels whose value is finite; NaN without any.
PixelMeans pixel_means(const PixelMatrix<double>& values);

/// Target and gain of a curve of the whole ASIC; NaN when its fit was not found or there is no baseline. The errors are
/// those of the counts and of the mean baseline, as above.
struct AsicCalibration {
  AsicFit fit;
  Uncertain target;  ///< DAC
  Uncertain gain;    ///< e-/DAC
};

/// All that velocal-matrices makes of one scan and group. With BaselineUncertainty::error, errors are without what is
/// common to all pixels, which is in the budget. With `width` they are those of the analysis that velocal replaces,
/// with the pair energy's.
struct Calibration {
  PhotonSource source;      ///< whose pairs the gains are made of
  UncertainMatrix target;   ///< DAC
  UncertainMatrix gain;     ///< K [e-/DAC]
  PixelMeans target_means;  ///< DAC
  PixelMeans gain_means;    ///< e-/DAC
  BaselineUncertainty uncertainty = BaselineUncertainty::error;
  Budget budget;  ///< its K is at the mean target; no rows where no pixel has a target
  StatusCounts statuses;
  StackedResiduals residuals;  ///< as the fit has them
  AsicCalibration asic;        ///< of the mean curve of all pixels of the group
  AsicCalibration asic_good;   ///< of the mean curve of the good pixels

  /// What is common to all pixels and in no error of K [e-/DAC].
  double common_gain_error() const { return uncertainty == BaselineUncertainty::error ? budget.common_gain() : 0.0; }
  /// A gain of the chip with all of its uncertainty.
  Uncertain whole(Uncertain own) const { return {own.value, std::hypot(own.error, common_gain_error())}; }
};

/// Throws InputError when the fit carries no baseline, UsageError when the source has no energies above 0.
Calibration calibrate(const ScanFit& fit, const Source& source,
                      BaselineUncertainty uncertainty = BaselineUncertainty::error);

}  // namespace velocal
