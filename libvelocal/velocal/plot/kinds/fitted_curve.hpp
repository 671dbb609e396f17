// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/fit/scan_fit.hpp"
#include "velocal/flux/flux_cube.hpp"
#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal {

/// Flux against threshold with its fit. Thresholds are those that were fitted: raw DAC, or less the baseline.
struct FittedCurve {
  std::string name;         ///< "row 127, column 128"
  FluxCurve data;           ///< without undefined points
  std::vector<double> low;  ///< ends of the error bars
  std::vector<double> high;
  std::string bars;            ///< what the bars are
  std::vector<double> sigma;   ///< errors that pulls are made with; NaN where there is none
  std::vector<double> fitted;  ///< the fit at the data's thresholds; empty without a fit
  Curve line;                  ///< the fit, finely, dashed where it was rejected; without points where there is none
  std::vector<std::string> fit_text;  ///< parameters and chi2/ndf, or why there are none
};

/// The curve of one pixel. Bars are sqrt(N)/L as in the fit; where N = 0, which has no such error, from 0 to 1.84/L,
/// the 68.3 % upper end of a Poisson mean that gave no hit (Garwood 1936). Pulls: sqrt(N)/L (none at N = 0), with a
/// Poisson fit sqrt(mu/L). The line has the background of a Poisson fit in it. The scan has its flux and its fit.
/// Throws InputError when the pixel is masked, outside the group, or lacks the baseline that its fit needs.
FittedCurve fitted_pixel(const PlottedScan& scan, Pixel pixel);

/// The curve of the ASIC or of its good pixels; bars as in the fit.
FittedCurve fitted_asic(const ScanFit& fit, bool good_pixels_only);

}  // namespace velocal
