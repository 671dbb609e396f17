// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "velocal/descriptor/fit_settings.hpp"

namespace velocal {

/// How curves are fitted, by default as recommended: with the likelihood of the counts; the meaning of each is that of
/// the descriptor's key (docs/descriptor.md, "fit").
struct CurveSettings {
  std::string statistic = "poisson";  ///< "poisson" or "neyman"
  Covariance covariance = Covariance::absolute;
  Errors errors = Errors::hessian;        ///< profile: the model needs a line
  std::vector<double> start = {};         ///< in the model's order; empty: from each curve's own points
  double significance = 0.05;             ///< alpha of the goodness-of-fit test, in (0, 1)
  double max_zero_fraction = 0.8;         ///< share of thresholds without a hit, in (0, 1]; neyman only
  std::optional<double> background = {};  ///< hits/s a curve, >= 0; empty: estimated from all curves; likelihoods only
  bool robust = true;                     ///< leave out single points that lie far off; likelihoods only
  /// Variance of the counts over Poisson's, > 0; empty: from the smoothness of the curves (dispersion_of()).
  std::optional<double> dispersion = {};
  std::string engine = "fast";  ///< "fast" or "gsl"
  int threads = 0;              ///< <= 0: all; at most 1024 are used
  std::string unit = "curves";  ///< what progress counts
};

}  // namespace velocal
