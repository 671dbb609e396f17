// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/summed_curve.hpp"

#include <algorithm>
#include <cmath>

#include "velocal/core/parallel_for.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/curves/curve_fitter.hpp"
#include "velocal/fit/curves/dispersion.hpp"
#include "velocal/fit/curves/fit_domain.hpp"
#include "velocal/fit/curves/line_evidence.hpp"
#include "velocal/fit/problem/start_values.hpp"

namespace velocal {
namespace {

struct SummedPoint {
  double hits = 0.0;
  double exposure_s = 0.0;
};

void add_point(SummedCurve& curve, double threshold, const SummedPoint& point) {
  const bool exposed = point.exposure_s > 0.0;
  curve.hits.push_back(point.hits);
  curve.exposure_s.push_back(point.exposure_s);
  curve.flux.threshold.push_back(threshold);
  curve.flux.flux.push_back(exposed ? point.hits / point.exposure_s : undefined);
  curve.flux.error.push_back(exposed ? std::sqrt(point.hits) / point.exposure_s : undefined);
}

int aligned_shift(const FluxCube& cube, std::size_t pixel) {
  return static_cast<int>(baseline_shift(cube, BaselineMode::aligned, pixel));
}

/// At thresholds that no pixel's scan covers there is no point.
SummedCurve aligned(const FluxCube& cube, const PixelSelection& selected) {
  int largest_shift = 0;
  for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) {
    if (selected[pixel] != 0) largest_shift = std::max(largest_shift, aligned_shift(cube, pixel));
  }
  const int lowest = cube.threshold.front() - largest_shift;
  std::vector<SummedPoint> points(static_cast<std::size_t>(cube.threshold.back() - lowest + 1));
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    if (cube.live_time_s[t] <= 0.0) continue;
    for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) {
      if (selected[pixel] == 0) continue;
      auto& point = points[static_cast<std::size_t>(cube.threshold[t] - aligned_shift(cube, pixel) - lowest)];
      point.hits += cube.counts_at(t)[pixel];
      point.exposure_s += cube.live_time_s[t];
    }
  }
  SummedCurve curve;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i].exposure_s > 0.0) add_point(curve, lowest + static_cast<double>(i), points[i]);
  }
  return curve;
}

SummedPoint sum_of(std::span<const std::uint32_t> counts, const PixelSelection& selected, double live_time_s) {
  std::uint64_t hits = 0, pixels = 0;
  for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) {
    hits += std::uint64_t{selected[pixel]} * counts[pixel];
    pixels += selected[pixel];
  }
  return {static_cast<double>(hits), live_time_s * static_cast<double>(pixels)};
}

/// The thresholds that a fit can take.
CurveCounts exposed_points(const SummedCurve& curve, std::span<const double> threshold, SelectedPoints& into) {
  for (std::size_t i = 0; i < curve.hits.size(); ++i) {
    if (!(curve.exposure_s[i] > 0.0)) continue;
    into.threshold.push_back(threshold[i]);
    into.observed.push_back(curve.hits[i]);
    into.scale.push_back(curve.exposure_s[i]);
  }
  return {into.threshold, into.observed, into.scale, 1.0};
}

/// One fit from some start values.
struct Attempt {
  std::vector<double> parameters;
  CurveMinimum minimum;
  ParameterCovariance covariance;
  bool accepted = false;
};

/// Fits one curve of counts, from one start after another.
class SummedFitter {
 public:
  SummedFitter(const FitProblem& problem, const CurveSettings& settings)
      : problem_(problem),
        settings_(settings),
        fitter_(problem.model, settings.engine, problem.points()),
        has_line_(problem.points()),
        line_(problem.model.index_of(quantity::line)) {}

  /// From the points where `start` is empty.
  Attempt operator()(const std::vector<double>& start) {
    Attempt attempt;
    attempt.parameters.resize(problem_.parameters());
    set_start(problem_, start, attempt.parameters);
    attempt.minimum = fitter_(problem_, attempt.parameters);
    if (attempt.minimum.failure != StatusReason::none) return attempt;
    attempt.covariance =
        fitter_.covariance() * covariance_factor(settings_.covariance, attempt.minimum, *settings_.dispersion);
    attempt.accepted = accepts(attempt);
    return attempt;
  }

 private:
  bool accepts(const Attempt& attempt) {
    if (!in_domain(problem_, attempt.parameters) || !resolves_widths(problem_, attempt.parameters)) return false;
    if (line_ == problem_.parameters()) return true;
    const double range = problem_.threshold.back() - problem_.threshold.front();
    const auto index = static_cast<Eigen::Index>(line_);
    if (!determines_line(std::sqrt(attempt.covariance(index, index)), range)) return false;
    return has_line_(problem_, fitter_.fitted().flux, attempt.minimum.chi2,
                     dispersion_factor(settings_.covariance, {*settings_.dispersion, 0.0}));
  }

  const FitProblem& problem_;
  const CurveSettings& settings_;
  CurveFitter fitter_;
  LineEvidence has_line_;
  const std::size_t line_;
};

Attempt better_of(const Attempt& first, const Attempt& second) {
  const bool lower = !first.accepted || second.minimum.chi2 < first.minimum.chi2;
  return second.accepted && lower ? second : first;
}

}  // namespace

SummedCurve summed_curve(const FluxCube& cube, const PixelSelection& selected, BaselineMode mode,
                         double mean_baseline_dac, int threads) {
  if (mode == BaselineMode::aligned) return aligned(cube, selected);
  std::vector<SummedPoint> points(cube.threshold_count());
  parallel_for(points.size(), threads, [&](std::size_t t, int) {
    if (cube.live_time_s[t] > 0.0) points[t] = sum_of(cube.counts_at(t), selected, cube.live_time_s[t]);
  });
  SummedCurve curve;
  const double shift = mode == BaselineMode::before ? mean_baseline_dac : 0.0;
  for (std::size_t t = 0; t < points.size(); ++t) add_point(curve, cube.threshold[t] - shift, points[t]);
  return curve;
}

CurveFit fit_summed(const SummedCurve& curve, const std::vector<double>& threshold, const FluxModel& model,
                    const CurveSettings& settings) {
  CurveFit fit = curve_fit_of(model);
  const Statistic& statistic = StatisticRegistry::instance().get(settings.statistic);
  SelectedPoints exposed, points;
  const CurveCounts counts = exposed_points(curve, threshold, exposed);
  if (counts.counts.empty() || statistic.select(counts, points) != StatusReason::none) return fit;
  const FitProblem problem{model,           statistic,    points.threshold,
                           points.observed, points.scale, settings.background.value_or(0.0)};
  SummedFitter fitter(problem, settings);
  Attempt best = fitter({});
  if (!settings.start.empty()) best = better_of(fitter(settings.start), best);
  if (!best.accepted) return fit;
  fit.found = true;
  fit.chi2 = best.minimum.chi2;
  fit.ndf = best.minimum.ndf;
  fit.covariance = best.covariance;
  for (std::size_t k = 0; k < fit.parameters.size(); ++k) {
    const auto index = static_cast<Eigen::Index>(k);
    fit.parameters[k] = {best.parameters[k], std::sqrt(best.covariance(index, index))};
  }
  return fit;
}

}  // namespace velocal
