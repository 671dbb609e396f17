// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "velocal/core/uncertain.hpp"
#include "velocal/fit/curves/curve_settings.hpp"
#include "velocal/fit/curves/fit_curves.hpp"
#include "velocal/fit/problem/curves.hpp"
#include "velocal/model/flux_model.hpp"

namespace velocal {

/// What the good curves have in common that their fits lack (docs/physics.md, "Stacked residuals"). The sums go over
/// all points whose distance from the curve's own fitted E0 falls into the same bin of 1 DAC. N are the counts, mu
/// those that the fit expects, L the live time. The vectors have one length.
struct StackedResiduals {
  std::vector<double> offset;    ///< E - E0 at the middle of the bin: whole numbers of DAC, ascending
  std::vector<double> residual;  ///< sum (N - mu)/sum L less the fits' own bias [hits/s a curve]
  std::vector<double> error;     ///< sqrt(sum mu)/sum L, > 0
  std::vector<double> expected;  ///< sum mu/sum L
  std::size_t curves = 0;        ///< the good ones

  std::size_t bins() const { return offset.size(); }  ///< number of bins; 0 without good curves
  double significance(std::size_t bin) const { return residual[bin] / error[bin]; }  ///< standard deviations
  double live_time_s(std::size_t bin) const { return expected[bin] / (error[bin] * error[bin]); }  ///< sum L
};

/// Stacks the fits of curves. `model`, `settings` and `fits` as of fit_curves(). Points without live time take no part.
/// Bins in which fewer than 25 counts are expected are left out: their counts are no normal numbers. Where the
/// statistic is bias_corrected, the mean flux_shift() of up to 500 curves is taken off (LikelihoodBias). Without good
/// curves, and with a model that has no E0, there are no bins. The result does not depend on the number of threads.
StackedResiduals stack_residuals(const Curves& curves, const CurveFits& fits, const FluxModel& model,
                                 const CurveSettings& settings);

/// What a stack says in short. It is looked for where at least half as much live time is stacked as in the fullest bin,
/// and at least 1 % of the flux nearest to E0 is expected: beyond, few curves or hardly any hits are left.
struct ResidualSummary {
  Uncertain largest;                ///< residual of the largest |residual| [hits/s a curve]; NaN without a bin
  double offset = undefined;        ///< there: E - E0 [DAC]
  double share = undefined;         ///< there: the residual over the expected flux nearest to E0
  double significance = undefined;  ///< there: standard deviations
  double chi2 = undefined;          ///< sum of the squared significances
  std::size_t bins = 0;             ///< summed over
};
/// The largest residual and the sum over all; NaN without a bin.
ResidualSummary summarise(const StackedResiduals& stack);

/// A largest residual of so many standard deviations is no chance.
inline constexpr double significant_residual = 5.0;

}  // namespace velocal
