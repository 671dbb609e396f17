// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/spoilt_thresholds.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "velocal/core/parallel_for.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/fit/curves/curve_sample.hpp"
#include "velocal/fit/curves/status_fitter.hpp"
#include "velocal/fit/problem/live_thresholds.hpp"
#include "velocal/fit/problem/statistic.hpp"

namespace velocal {
namespace {

constexpr std::size_t most_sampled_for_spoilt = 400;
constexpr std::size_t fewest_sampled_for_spoilt = 20;
constexpr double largest_residual = 3.0;
constexpr double glitch_bound = 0.7;
/// The first threshold is noise where its residual is above the first; once noise was found, above the second.
constexpr double first_noise = 0.4;
constexpr double last_noise = 0.15;
constexpr double least_bend = 0.1;

/// Mean residuals of the sampled curves.
struct MeanResiduals {
  std::vector<double> at;  ///< [T]; 0 where the threshold takes no part
  double curves = 0.0;     ///< that have counts

  /// A bound that chance does not reach: `deviations` standard deviations of a mean where the curves are few.
  double bound(double usual, double deviations) const { return std::max(usual, deviations / std::sqrt(curves)); }
};

/// Fits the sample again and again, with one threshold or another left out.
class SampleFitter {
 public:
  SampleFitter(const Curves& curves, const FluxModel& model, const CurveSettings& settings)
      : curves_(curves),
        model_(model),
        settings_(settings),
        statistic_(StatisticRegistry::instance().get(settings.statistic)),
        sample_(spread_sample(curves, most_sampled_for_spoilt)) {
    settings_.robust = false;
    settings_.errors = Errors::hessian;
  }

  const std::vector<std::size_t>& sample() const { return sample_; }

  MeanResiduals operator()(const std::vector<ThresholdUse>& use) {
    const LiveThresholds live(curves_, use);
    const double background = settings_.background.value_or(0.0);
    const CurveFitPlan plan{live.curves(), model_, statistic_, settings_, background};
    std::vector<std::vector<double>> found(sample_.size());
    parallel_for(tasks(), settings_.threads, [&](std::size_t task, int) {
      StatusFitter fitter(plan);
      for (std::size_t i = task * curves_per_task; i < std::min((task + 1) * curves_per_task, sample_.size()); ++i) {
        found[i] = residuals_of(live.curves(), sample_[i], fitter(sample_[i]));
      }
    });
    return mean_of(found);
  }

 private:
  static constexpr std::size_t curves_per_task = 50;
  std::size_t tasks() const { return (sample_.size() + curves_per_task - 1) / curves_per_task; }

  /// Empty where the curve is cut.
  std::vector<double> residuals_of(const Curves& curves, std::size_t curve, const StatusFit& fit) const {
    std::vector<double> residuals;
    if (fit.status() == PixelStatus::cut) return residuals;
    if (fit.minimum.failure != StatusReason::none) return residuals_of_counts(curves, curve);
    const auto live_time_s = curves.live_time_of(curve);
    std::vector<double> threshold(curves.threshold.begin(), curves.threshold.end()), counts, flux(threshold.size());
    for (double& each : threshold) each -= curves.origin_of(curve);
    for (std::size_t t = 0; t < threshold.size(); ++t) counts.push_back(curves.counts(curve, t));
    model_.fast_flux(std::span(fit.parameters).first(model_.parameters().size()), threshold, flux);
    const FitProblem problem{model_, statistic_, threshold, counts, live_time_s, settings_.background.value_or(0.0)};
    for (std::size_t t = 0; t < threshold.size(); ++t) {
      // The residual is that of the fit less the counts.
      const double residual = live_time_s[t] > 0.0 ? -statistic_.residual(problem, t, flux[t]).value : 0.0;
      residuals.push_back(std::isfinite(residual) ? std::clamp(residual, -largest_residual, largest_residual) : 0.0);
    }
    return residuals;
  }

  /// What stands for them where no fit has converged: by how much counts are above the mean of their two neighbours.
  std::vector<double> residuals_of_counts(const Curves& curves, std::size_t curve) const {
    const auto live_time_s = curves.live_time_of(curve);
    std::vector<double> residuals(live_time_s.size(), 0.0);
    std::vector<std::size_t> live;
    for (std::size_t t = 0; t < live_time_s.size(); ++t) {
      if (live_time_s[t] > 0.0) live.push_back(t);
    }
    const auto rate = [&](std::size_t i) { return curves.counts(curve, live[i]) / live_time_s[live[i]]; };
    for (std::size_t i = 1; i + 1 < live.size(); ++i) {
      const double expected = 0.5 * (rate(i - 1) + rate(i + 1)) * live_time_s[live[i]];
      const double excess = (curves.counts(curve, live[i]) - expected) / std::sqrt(1.5 * expected + 1.0);
      residuals[live[i]] = std::clamp(excess, -largest_residual, largest_residual);
    }
    return residuals;
  }

  MeanResiduals mean_of(const std::vector<std::vector<double>>& found) const {
    MeanResiduals mean{std::vector<double>(curves_.threshold_count(), 0.0)};
    for (const std::vector<double>& residuals : found) {
      if (residuals.empty()) continue;
      mean.curves += 1.0;
      for (std::size_t t = 0; t < residuals.size(); ++t) mean.at[t] += residuals[t];
    }
    for (double& sum : mean.at) sum /= std::max(mean.curves, 1.0);
    return mean;
  }

  const Curves& curves_;
  const FluxModel& model_;
  CurveSettings settings_;
  const Statistic& statistic_;
  const std::vector<std::size_t> sample_;
};

/// Indices of the thresholds that have live time and are used.
std::vector<std::size_t> used_thresholds(const Curves& curves, const std::vector<ThresholdUse>& use) {
  std::vector<std::size_t> used;
  for (std::size_t t = 0; t < use.size(); ++t) {
    bool live = false;
    for (std::size_t i = t; !live && i < curves.live_time_s.size(); i += use.size()) live = curves.live_time_s[i] > 0.0;
    if (live && use[t] == ThresholdUse::used) used.push_back(t);
  }
  return used;
}

/// A threshold, and by how much its residual differs from its neighbours'.
struct Step {
  std::size_t threshold = 0;
  double height = 0.0;
};

Step largest_step(const std::vector<double>& residual, const std::vector<std::size_t>& used) {
  Step largest;
  for (std::size_t i = 0; i < used.size(); ++i) {
    const double below = residual[used[i == 0 ? 1 : i - 1]];
    const double above = residual[used[i + 1 == used.size() ? i - 1 : i + 1]];
    const double here = residual[used[i]];
    // At an end the one neighbour can as well be what is off.
    if (std::abs(here) < std::min(std::abs(below), std::abs(above))) continue;
    const double height = std::abs(here - 0.5 * (below + above));
    if (height > largest.height) largest = {used[i], height};
  }
  return largest;
}

/// By how much the first threshold's counts are above the straight line through those 8 and 16 DAC further on: mean
/// over the curves in units of its standard deviation, each cut as the residuals are. Noise falls in a bend, a shelf
/// does not, whatever the model makes of it.
double bend_at_the_beginning(const Curves& curves, const std::vector<std::size_t>& sample,
                             const std::vector<std::size_t>& used) {
  constexpr double distance = 8.0;
  const auto further = [&](double by) {
    const auto beyond = [&](std::size_t t) { return curves.threshold[t] >= curves.threshold[used.front()] + by; };
    const auto found = std::ranges::find_if(used, beyond);
    return found == used.end() ? used.back() : *found;
  };
  const std::array<std::size_t, 3> at{used.front(), further(distance), further(2.0 * distance)};
  constexpr std::array<double, 3> weight{1.0, -2.0, 1.0};
  double sum = 0.0;
  for (const std::size_t curve : sample) {
    double bend = 0.0, variance = 0.0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      const double live_time_s = curves.live_time_of(curve)[at[i]];
      if (!(live_time_s > 0.0)) continue;
      const double counts = curves.counts(curve, at[i]);
      bend += weight[i] * counts / live_time_s;
      variance += weight[i] * weight[i] * counts / (live_time_s * live_time_s);
    }
    if (variance > 0.0) sum += std::clamp(bend / std::sqrt(variance), -largest_residual, largest_residual);
  }
  return sum / static_cast<double>(sample.size());
}

/// Leaves out one threshold after the other, each time the one that is furthest off.
class Search {
 public:
  Search(const Curves& curves, const std::vector<std::size_t>& sample, std::vector<ThresholdUse>& use)
      : curves_(curves),
        sample_(sample),
        use_(use),
        used_(used_thresholds(curves, use)),
        glitches_allowed_(used_.size() / 10) {}

  std::size_t used() const { return used_.size(); }
  bool too_many_glitches() const { return glitches_ > glitches_allowed_; }

  /// Whether one was left out.
  bool leave_out_one(const MeanResiduals& residuals) {
    constexpr double deviations = 5.0;
    const Step step = largest_step(residuals.at, used_);
    const double first = residuals.at[used_.front()];
    const double noise_bound =
        noise_ == 0 ? residuals.bound(first_noise, deviations) : residuals.bound(last_noise, 3.0);
    if (first > noise_bound && first >= step.height &&
        bend_at_the_beginning(curves_, sample_, used_) > (noise_ == 0 ? least_bend : 0.0)) {
      use_[used_.front()] = ThresholdUse::noise;
      ++noise_;
    } else if (step.height > residuals.bound(glitch_bound, 1.22 * deviations)) {
      use_[step.threshold] = ThresholdUse::glitch;
      ++glitches_;
    } else {
      return false;
    }
    used_ = used_thresholds(curves_, use_);
    return true;
  }

  /// Noise goes on where it cannot be told any more: half as many thresholds again.
  void leave_a_margin() {
    const std::size_t margin = std::min((noise_ + 1) / 2, used_.size());
    for (std::size_t i = 0; i < margin; ++i) use_[used_[i]] = ThresholdUse::noise;
  }

 private:
  const Curves& curves_;
  const std::vector<std::size_t>& sample_;
  std::vector<ThresholdUse>& use_;
  std::vector<std::size_t> used_;
  std::size_t noise_ = 0;
  const std::size_t glitches_allowed_;
  std::size_t glitches_ = 0;
};

}  // namespace

std::vector<ThresholdUse> find_spoilt_thresholds(const Curves& curves, const FluxModel& model,
                                                 const CurveSettings& settings) {
  constexpr std::size_t fewest_thresholds = 12;
  const std::vector<ThresholdUse> all(curves.threshold_count(), ThresholdUse::used);
  if (!settings.robust || !StatisticRegistry::instance().get(settings.statistic).traits().bounded) return all;
  SampleFitter residuals(curves, model, settings);
  if (residuals.sample().size() < fewest_sampled_for_spoilt) return all;
  std::vector<ThresholdUse> use = all;
  Search search(curves, residuals.sample(), use);
  const std::size_t fewest = std::max(fewest_thresholds, search.used() / 2);
  while (search.used() > fewest) {
    const MeanResiduals mean = residuals(use);
    const bool enough = mean.curves >= static_cast<double>(fewest_sampled_for_spoilt);
    if (!enough || search.too_many_glitches()) return all;
    if (search.leave_out_one(mean)) continue;
    search.leave_a_margin();
    return use;
  }
  return all;
}

}  // namespace velocal
