// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "velocal/model/flux_model.hpp"

namespace velocal {

class Statistic;

/// The points of one curve, and the statistic that makes a function of them to be minimised. A view: what it refers to
/// must live as long. What `observed` and `scale` are depends on the statistic (neyman.hpp, poisson.hpp).
struct FitProblem {
  const FluxModel& model;
  const Statistic& statistic;
  std::span<const double> threshold;  ///< n points, DAC
  std::span<const double> observed;   ///< n
  std::span<const double> scale;      ///< n, > 0
  double background = 0.0;            ///< hits/s, >= 0; counts where the statistic has one

  std::size_t points() const { return threshold.size(); }
  std::size_t parameters() const { return model.parameters().size(); }
};

/// Mean distance of the thresholds [DAC]; not a number for a single one.
double threshold_step(const FitProblem& problem);

/// Whether the model's widths s, s2 are at least a quarter of the threshold step. A line narrower than that lies
/// between two thresholds: the points do not tell its width. An even one is not all of a line's width.
bool resolves_widths(const FitProblem& problem, std::span<const double> parameters);

}  // namespace velocal
