// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/core/progress.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/fit/curves/curve_settings.hpp"
#include "velocal/fit/problem/curves.hpp"
#include "velocal/model/flux_model.hpp"

namespace velocal {

/// One fit parameter of each curve [N]; NaN unless the curve is good.
struct CurveParameter {
  std::string name;
  std::string unit;           ///< "DAC", "hits/s", ... ; "" = dimensionless
  std::vector<double> value;  ///< in `unit`
  std::vector<double> error;  ///< standard uncertainty, in `unit`
  /// Downwards and upwards, of the line with CurveSettings::errors = profile; empty otherwise. `error` is their mean.
  std::vector<double> error_low = {};
  std::vector<double> error_high = {};
};

/// A point that a fit has left out.
struct DroppedPoint {
  std::size_t curve;
  std::size_t threshold;  ///< index
};

/// Fits of N curves.
struct CurveFits {
  std::vector<PixelStatus> status;         ///< [N]
  std::vector<StatusReason> reason;        ///< [N]
  std::vector<CurveParameter> parameters;  ///< in the model's order
  std::vector<double> chi2;                ///< [N] minimum where a fit converged, else NaN
  std::vector<std::int32_t> ndf;           ///< [N] points - parameters where a fit converged, else 0
  /// [N] what few counts leave E0 off on average, to first order [DAC] (docs/physics.md, "Bias of few counts"). It is
  /// not taken off the values. 0 where it is not known, and unless the curve is good.
  std::vector<double> line_bias;
  std::vector<DroppedPoint> dropped;  ///< with robust; curve after curve, of good curves and others
  double mean_evaluations = 0.0;      ///< of the model, over the curves that were fitted
  double background = 0.0;            ///< hits/s a curve, as used; 0 where the statistic has none
  double background_error = 0.0;      ///< hits/s a curve; 0 where it was given
  bool background_assumed = false;    ///< not measured: the scan ends too near the line to tell
  Uncertain dispersion = {};          ///< variance of the counts over Poisson's; of the settings, or dispersion_of()

  /// Throws UsageError naming the parameters there are.
  const CurveParameter& parameter(std::string_view name) const;
};

/// Fits curves of any detector with one model (docs/physics.md, "Fit of a pixel"). A curve whose fit fails has a
/// status, never an exception; one that is noisy, counting on far above the line, is cut. The result does not depend on
/// the number of threads. Throws UsageError for what require_curves() refuses, an unknown statistic or engine, start
/// values that are not one finite number a parameter, errors of a line that the model has not, and settings outside
/// their ranges.
CurveFits fit_curves(const Curves& curves, const FluxModel& model, const CurveSettings& settings = {},
                     Progress& progress = no_progress());

}  // namespace velocal
