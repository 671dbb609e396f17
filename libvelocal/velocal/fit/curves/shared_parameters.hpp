// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "velocal/core/progress.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/fit/curves/curve_settings.hpp"
#include "velocal/fit/problem/curves.hpp"
#include "velocal/model/flux_model.hpp"

namespace velocal {

/// A parameter that all curves have in common, fitted once and then held.
struct SharedParameter {
  std::string name;
  std::string unit;
  Uncertain value;
  std::size_t curves = 0;   ///< sampled
  double line_slope = 0.0;  ///< mean change of E0 with the parameter over the sampled curves [DAC per its unit]
  /// The profile: sum of the sampled curves' chi2, above its minimum, with this parameter at these values and all else
  /// fitted.
  std::vector<double> profile_value;
  std::vector<double> profile_chi2;
};

/// Finds the values of the named parameters at which the sum of the curves' minima is lowest, each curve with its own
/// other parameters: a profile likelihood. Over the curves with most counts, 2,500 at most, without those that the
/// model does not describe. The uncertainty is that of the curvature, without the scatter of other causes.
/// Throws UsageError where a name is no parameter of the model or names all of them, and InputError where fewer than 20
/// curves can be fitted or the curves do not determine the values.
std::vector<SharedParameter> fit_shared(const Curves& curves, const FluxModel& model,
                                        std::span<const std::string> names, const CurveSettings& settings,
                                        double background, Progress& progress = no_progress());

/// Mean change of E0 with the last of the named parameters [DAC per its unit], where they all have these values and
/// each curve has its own other parameters. Over the 400 curves with most counts, chosen as above; 0 where fewer than
/// 20 can be fitted. Throws UsageError as above.
double line_slope(const Curves& curves, const FluxModel& model, std::span<const std::string> names,
                  std::span<const double> values, const CurveSettings& settings, double background);

}  // namespace velocal
