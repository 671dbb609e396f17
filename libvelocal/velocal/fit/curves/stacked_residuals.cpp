// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/stacked_residuals.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "velocal/core/parallel_for.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/fit/curves/dispersion.hpp"
#include "velocal/fit/curves/residual_bias.hpp"
#include "velocal/fit/problem/statistic.hpp"

namespace velocal {
namespace {

constexpr std::size_t stacked_per_task = 1024;
/// Curves whose counts, threshold by threshold, lie in two neighbouring cache lines.
constexpr std::size_t curves_per_block = 32;
constexpr double least_expected = 25.0;   // counts of a bin
constexpr double largest_reach = 2000.0;  // DAC: no threshold is further from its line
constexpr double least_live_time = 0.5;   // of the fullest bin's
constexpr double least_flux = 0.01;       // of the flux at the line

/// Adds curves block by block: so their counts are read in the order in which they lie, and stay in the cache.
class CurveAdder {
 public:
  CurveAdder(const Curves& curves, const CurveFits& fits, const FluxModel& model)
      : curves_(curves),
        fits_(fits),
        model_(model),
        line_(model.index_of(quantity::line)),
        parameters_(fits.parameters.size()),
        threshold_(curves.threshold_count()),
        flux_(curves_per_block * threshold_.size()) {}

  void add(std::size_t begin, std::size_t end, ResidualBins& bins) {
    good_.clear();
    for (std::size_t curve = begin; curve < end; ++curve) {
      if (fits_.status[curve] == PixelStatus::good) expect(curve);
    }
    for (std::size_t t = 0; t < threshold_.size(); ++t) {
      for (std::size_t i = 0; i < good_.size(); ++i) add_point(i, t, bins);
    }
  }

 private:
  struct GoodCurve {
    std::size_t curve;
    double line;  ///< E0 in the thresholds of all curves
    bool whole;   ///< its fit left no point out
  };

  /// What the curve's fit expects at all thresholds.
  void expect(std::size_t curve) {
    const double origin = curves_.origin_of(curve);
    for (std::size_t k = 0; k < parameters_.size(); ++k) parameters_[k] = fits_.parameters[k].value[curve];
    for (std::size_t t = 0; t < threshold_.size(); ++t) threshold_[t] = curves_.threshold[t] - origin;
    const std::size_t place = good_.size() * threshold_.size();
    model_.fast_flux(parameters_, threshold_, std::span(flux_).subspan(place, threshold_.size()));
    const bool whole = !std::ranges::binary_search(fits_.dropped, curve, {}, &DroppedPoint::curve);
    good_.push_back({curve, parameters_[line_] + origin, whole});
  }

  bool dropped(std::size_t curve, std::size_t t) const {
    auto point = std::ranges::lower_bound(fits_.dropped, curve, {}, &DroppedPoint::curve);
    while (point != fits_.dropped.end() && point->curve == curve && point->threshold != t) ++point;
    return point != fits_.dropped.end() && point->curve == curve;
  }

  void add_point(std::size_t i, std::size_t t, ResidualBins& bins) const {
    const auto& [curve, line, whole] = good_[i];
    if (!whole && dropped(curve, t)) return;
    const double live_time_s = curves_.live_time_of(curve)[t];
    if (!(live_time_s > 0.0)) return;
    const double expected = live_time_s * (flux_[i * threshold_.size() + t] + fits_.background);
    bins.add(curves_.threshold[t] - line, {live_time_s, expected, curves_.counts(curve, t) - expected});
  }

  const Curves& curves_;
  const CurveFits& fits_;
  const FluxModel& model_;
  std::size_t line_;
  std::vector<double> parameters_;
  std::vector<double> threshold_;  ///< of one curve, less its origin
  std::vector<GoodCurve> good_;    ///< of one block
  std::vector<double> flux_;       ///< [good curve of the block][threshold]
};

void add_all(const Curves& curves, const CurveFits& fits, const FluxModel& model, int threads, ResidualBins& bins) {
  const std::size_t tasks = (curves.size() + stacked_per_task - 1) / stacked_per_task;
  std::vector<ResidualBins> parts(tasks, bins);
  parallel_for(tasks, threads, [&](std::size_t task, int) {
    CurveAdder adder(curves, fits, model);
    const std::size_t end = std::min((task + 1) * stacked_per_task, curves.size());
    for (std::size_t begin = task * stacked_per_task; begin < end; begin += curves_per_block) {
      adder.add(begin, std::min(begin + curves_per_block, end), parts[task]);
    }
  });
  for (const ResidualBins& part : parts) bins += part;
}

void write(const ResidualBins& bins, const ResidualBins& bias, double dispersion, StackedResiduals& stack) {
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    const auto& [live_time_s, expected, excess] = bins[bin];
    if (!(expected >= least_expected)) continue;
    const double of_fits = bias[bin].live_time_s > 0.0 ? bias[bin].excess / bias[bin].live_time_s : 0.0;
    stack.offset.push_back(bins.middle(bin));
    stack.residual.push_back(excess / live_time_s - of_fits);
    stack.error.push_back(std::sqrt(expected * dispersion) / live_time_s);
    stack.expected.push_back(expected / live_time_s);
  }
}

/// The bin nearest to E0.
std::size_t line_of(const StackedResiduals& stack) {
  const auto nearer = [](double a, double b) { return std::abs(a) < std::abs(b); };
  return static_cast<std::size_t>(std::ranges::min_element(stack.offset, nearer) - stack.offset.begin());
}

double longest_live_time(const StackedResiduals& stack) {
  double longest = 0.0;
  for (std::size_t bin = 0; bin < stack.bins(); ++bin) longest = std::max(longest, stack.live_time_s(bin));
  return longest;
}

}  // namespace

StackedResiduals stack_residuals(const Curves& curves, const CurveFits& fits, const FluxModel& model,
                                 const CurveSettings& settings) {
  StackedResiduals stack;
  stack.curves = static_cast<std::size_t>(std::ranges::count(fits.status, PixelStatus::good));
  if (stack.curves == 0 || model.index_of(quantity::line) == model.parameters().size()) return stack;
  const double range = std::ceil(curves.threshold.back() - curves.threshold.front());
  ResidualBins bins(std::min(range, largest_reach) + 1.0);
  ResidualBins bias = bins;
  add_all(curves, fits, model, settings.threads, bins);
  if (StatisticRegistry::instance().get(settings.statistic).traits().bias_corrected) {
    add_residual_bias(curves, fits, model, settings, bias);
  }
  write(bins, bias, dispersion_factor(settings.covariance, fits.dispersion), stack);
  return stack;
}

ResidualSummary summarise(const StackedResiduals& stack) {
  ResidualSummary summary;
  if (stack.bins() == 0) return summary;
  const double at_line = stack.expected[line_of(stack)];
  const double live_time_s = least_live_time * longest_live_time(stack);
  std::size_t found = stack.bins();
  summary.chi2 = 0.0;
  for (std::size_t bin = 0; bin < stack.bins(); ++bin) {
    if (stack.live_time_s(bin) < live_time_s || stack.expected[bin] < least_flux * at_line) continue;
    if (found == stack.bins() || std::abs(stack.residual[bin]) > std::abs(stack.residual[found])) found = bin;
    summary.chi2 += stack.significance(bin) * stack.significance(bin);
    ++summary.bins;
  }
  if (found == stack.bins()) return {};
  summary.largest = {stack.residual[found], stack.error[found]};
  summary.offset = stack.offset[found];
  summary.share = stack.residual[found] / at_line;
  summary.significance = stack.significance(found);
  return summary;
}

}  // namespace velocal
