// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "velocal/fit/asic_fit.hpp"
#include "velocal/fit/curves/curve_settings.hpp"

namespace velocal {

/// Counts of many pixels, summed at each threshold; all vectors have one length.
struct SummedCurve {
  std::vector<double> hits;
  std::vector<double> exposure_s;  ///< live time times pixels; 0 where there was none
  /// hits/exposure with the error sqrt(hits)/exposure; NaN without exposure.
  FluxCurve flux;
};

/// Sums over the selected pixels, over thresholds as mean_curve() has them. `threads` <= 0: all.
SummedCurve summed_curve(const FluxCube& cube, const PixelSelection& selected, BaselineMode mode,
                         double mean_baseline_dac, int threads = 0);

/// Fit of summed counts by the statistic of the settings, from its start values and from those of the points: the lower
/// minimum counts. The errors are those of the counts, times the dispersion or chi2/ndf where the settings' covariance
/// is such. Not found where the fit has no minimum within the model's domain and the scan, where a straight curve
/// without a line describes the counts as well (LineEvidence), and where the line's error is 0.15 of the range or more.
///
/// `threshold`: of the curve, in those of the model. A statistic of fluxes instead of counts (no
/// StatisticTraits::background) has fit_curve() with the errors above.
CurveFit fit_summed(const SummedCurve& curve, const std::vector<double>& threshold, const FluxModel& model,
                    const CurveSettings& settings);

}  // namespace velocal
