// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/model/flux_model.hpp"

namespace velocal {

/// The points of one curve and the function of them to be minimised. A view: what it refers to must live as long.
///
/// neyman:  sum of ((observed - F) scale)^2 with observed = flux, scale = 1/uncertainty: weighted least squares.
/// poisson: sum of 2 [mu - N + N ln(N/mu)], 2 mu at N = 0, with observed = N counts, scale = live time L and
///          mu = L (F + background): the likelihood chi-square of Baker & Cousins, NIM 221 (1984) 437, eq. 4.
struct FitProblem {
  const FluxModel& model;
  Statistic statistic = Statistic::neyman;
  std::span<const double> threshold;  ///< n points, DAC
  std::span<const double> observed;   ///< n
  std::span<const double> scale;      ///< n, > 0
  double background = 0.0;            ///< hits/s, >= 0; poisson only

  std::size_t points() const { return threshold.size(); }
  std::size_t parameters() const { return model.parameters().size(); }
  /// Lowest flux that is allowed (poisson): mu may be 0 only without background. With one, a billionth of it must be
  /// left: a model whose terms cancel to less is rounding errors there, and its weight 1/mu would be made of them.
  double lowest_flux() const { return -(1.0 - 1e-9) * background; }
};

/// Mean distance of the thresholds [DAC]; not a number for a single one.
double threshold_step(const FitProblem& problem);

/// Whether the model's widths s, s2 are at least a quarter of the threshold step. A line narrower than that lies
/// between two thresholds: the points do not tell its width.
bool resolves_widths(const FitProblem& problem, std::span<const double> parameters);

/// Value at a point of the function to be minimised, given the model's flux there; infinite where it is below
/// lowest_flux(), or 0 where something was counted.
double chi2_term(const FitProblem& problem, std::size_t point, double flux);

/// Weight of a point in the normal equations, (dF)^T W (dF): the inverse variance of the flux that the statistic
/// assumes: scale^2, or L^2/mu (the expected, or Fisher, information; 0 at mu <= 0).
double information(const FitProblem& problem, std::size_t point, double flux);

}  // namespace velocal
