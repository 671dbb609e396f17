// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/flux_cube.hpp"
#include "velocal/model/flux_model.hpp"

namespace velocal {

/// 1 = the pixel takes part.
using PixelSelection = PixelMatrix<std::uint8_t>;

/// Unmasked pixels of the group; with the baseline taken off before the fit, those that have one.
PixelSelection asic_pixels(const FluxCube& cube, PixelGroup group, BaselineMode mode);

/// The same pixels, by how their fits ended.
PixelSelection contributing_pixels(const PixelFits& fits);

/// Mean baseline over the selected pixels that have one [DAC]; NaN when none has.
double mean_baseline(const NoiseBaseline& baseline, const PixelSelection& selected);
double mean_baseline_width(const NoiseBaseline& baseline, const PixelSelection& selected);
/// Error of that mean: the pixels' own are independent.
double mean_baseline_error(const NoiseBaseline& baseline, const PixelSelection& selected);

/// The ASIC curve of the group over the thresholds of `mode`: as the flux stage made it over raw thresholds (after);
/// the same less the mean baseline (before); or the aligned mean curve.
FluxCurve asic_curve(const FluxCube& cube, PixelGroup group, BaselineMode mode);

/// Mean flux of the selected pixels with its standard error sqrt(sum (F - mean)^2)/P, over thresholds as above.
/// `aligned`: each pixel's thresholds less its truncated baseline, the mean at each over the pixels whose scan covers
/// it. `mean_baseline_dac`: what `before` takes off. `threads` <= 0: all.
FluxCurve mean_curve(const FluxCube& cube, const PixelSelection& selected, BaselineMode mode, double mean_baseline_dac,
                     int threads = 0);

/// Which points of a curve a fit takes.
enum class CurveEnds { all, trim_zeros };

/// Weighted least squares of a curve from the start values (empty: from the curve itself; also where they lead to no
/// minimum, or to one outside the model's domain or the scan); unweighted when all errors are 0. Points without flux
/// (NaN) are left out, and so are those with error 0 where others have one: nothing is known that exactly.
CurveFit fit_curve(const FluxCurve& curve, CurveEnds ends, const FluxModel& model, const std::vector<double>& start,
                   std::string_view engine, Covariance covariance, double dispersion = 1.0);

/// A fit of the model that was not found.
CurveFit curve_fit_of(const FluxModel& model);

}  // namespace velocal
