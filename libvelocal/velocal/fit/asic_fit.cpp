// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/asic_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "velocal/core/parallel_for.hpp"
#include "velocal/core/sample.hpp"
#include "velocal/fit/chip_curves.hpp"
#include "velocal/fit/curves/curve_fitter.hpp"
#include "velocal/fit/curves/fit_domain.hpp"
#include "velocal/fit/problem/neyman.hpp"
#include "velocal/fit/problem/start_values.hpp"

namespace velocal {
namespace {

double mean_over(const NoiseBaseline& baseline, const PixelMatrix<double>& values, const PixelSelection& selected) {
  SampleSums sums;
  for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) {
    if (selected[pixel] != 0 && baseline.found(pixel)) sums.add(values[pixel]);
  }
  return sums.mean();
}

/// Sums of the selected pixels' fluxes. It is counts that are summed, which keeps the sums exact up to 2^53; eight sums
/// side by side for the compiler to vectorise.
SampleSums sums_of(std::span<const std::uint32_t> counts, const PixelSelection& selected, double live_time_s) {
  constexpr std::size_t lanes = 8;
  static_assert(PixelSelection::size() % lanes == 0);
  std::array<SampleSums, lanes> sums;
  for (std::size_t pixel = 0; pixel < selected.size(); pixel += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const double taken = selected[pixel + lane];
      const double hits = taken * counts[pixel + lane];
      sums[lane].count += taken;
      sums[lane].sum += hits;
      sums[lane].squares += hits * hits;
    }
  }
  SampleSums whole;
  for (const SampleSums& of_lane : sums) {
    whole.count += of_lane.count;
    whole.sum += of_lane.sum / live_time_s;
    whole.squares += of_lane.squares / (live_time_s * live_time_s);
  }
  return whole;
}

void add_point(FluxCurve& curve, double threshold, const SampleSums& sums) {
  curve.threshold.push_back(threshold);
  curve.flux.push_back(sums.mean());
  curve.error.push_back(sums.mean_error());
}

FluxCurve aligned_curve(const FluxCube& cube, const PixelSelection& selected) {
  const auto shift = [&](std::size_t pixel) {
    return static_cast<int>(baseline_shift(cube, BaselineMode::aligned, pixel));
  };
  int lowest = std::numeric_limits<int>::max();
  int highest = std::numeric_limits<int>::min();
  for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) {
    if (selected[pixel] == 0) continue;
    lowest = std::min(lowest, cube.threshold.front() - shift(pixel));
    highest = std::max(highest, cube.threshold.back() - shift(pixel));
  }
  FluxCurve curve;
  if (lowest > highest) return curve;
  std::vector<SampleSums> sums(static_cast<std::size_t>(highest - lowest + 1));
  for (std::size_t t = 0; t < cube.threshold_count(); ++t) {
    if (cube.live_time_s[t] <= 0.0) continue;
    const auto counts = cube.counts_at(t);
    for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) {
      if (selected[pixel] == 0) continue;
      sums[static_cast<std::size_t>(cube.threshold[t] - shift(pixel) - lowest)].add(counts[pixel] /
                                                                                    cube.live_time_s[t]);
    }
  }
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (sums[i].count > 0.0) add_point(curve, lowest + static_cast<double>(i), sums[i]);
  }
  return curve;
}

/// The points of a curve that a fit can take.
struct UsablePoints {
  std::vector<double> threshold;
  std::vector<double> flux;
  std::vector<double> scale;
};

UsablePoints usable_points(const FluxCurve& curve, CurveEnds ends) {
  const auto nonzero = [](double flux) { return flux != 0.0 && !std::isnan(flux); };
  auto first = curve.flux.begin();
  auto last = curve.flux.end();
  if (ends == CurveEnds::trim_zeros) {
    first = std::find_if(first, last, nonzero);
    while (last != first && !nonzero(*(last - 1))) --last;
  }
  const bool weighted = std::ranges::any_of(curve.error, [](double error) { return error > 0.0; });
  UsablePoints points;
  for (auto flux = first; flux != last; ++flux) {
    const auto i = static_cast<std::size_t>(flux - curve.flux.begin());
    if (std::isnan(*flux) || (weighted && !(curve.error[i] > 0.0))) continue;
    points.threshold.push_back(curve.threshold[i]);
    points.flux.push_back(*flux);
    points.scale.push_back(weighted ? 1.0 / curve.error[i] : 1.0);
  }
  return points;
}

}  // namespace

PixelSelection contributing_pixels(const PixelFits& fits) {
  PixelSelection selected;
  for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) selected[pixel] = fits.contributes(pixel) ? 1 : 0;
  return selected;
}

PixelSelection asic_pixels(const FluxCube& cube, PixelGroup group, BaselineMode mode) {
  PixelSelection selected;
  for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) {
    selected[pixel] = reason_to_skip(cube, group, mode, pixel) == StatusReason::none ? 1 : 0;
  }
  return selected;
}

double mean_baseline(const NoiseBaseline& baseline, const PixelSelection& selected) {
  return mean_over(baseline, baseline.mean, selected);
}

double mean_baseline_width(const NoiseBaseline& baseline, const PixelSelection& selected) {
  return mean_over(baseline, baseline.width, selected);
}

double mean_baseline_error(const NoiseBaseline& baseline, const PixelSelection& selected) {
  double sum = 0.0, pixels = 0.0;
  for (std::size_t pixel = 0; pixel < selected.size(); ++pixel) {
    if (selected[pixel] == 0 || !baseline.found(pixel)) continue;
    sum += baseline.error[pixel] * baseline.error[pixel];
    pixels += 1.0;
  }
  return std::sqrt(sum) / pixels;
}

FluxCurve asic_curve(const FluxCube& cube, PixelGroup group, BaselineMode mode) {
  if (mode == BaselineMode::aligned) return aligned_curve(cube, asic_pixels(cube, group, mode));
  FluxCurve curve = cube.asic_curve(group);
  if (mode == BaselineMode::before) {
    const double shift = mean_baseline(*cube.baseline, asic_pixels(cube, group, mode));
    for (double& threshold : curve.threshold) threshold -= shift;
  }
  return curve;
}

FluxCurve mean_curve(const FluxCube& cube, const PixelSelection& selected, BaselineMode mode, double mean_baseline_dac,
                     int threads) {
  if (mode == BaselineMode::aligned) return aligned_curve(cube, selected);
  std::vector<SampleSums> sums(cube.threshold_count());
  parallel_for(sums.size(), threads, [&](std::size_t t, int) {
    if (cube.live_time_s[t] > 0.0) sums[t] = sums_of(cube.counts_at(t), selected, cube.live_time_s[t]);
  });
  FluxCurve curve;
  for (std::size_t t = 0; t < sums.size(); ++t) {
    add_point(curve, cube.threshold[t] - (mode == BaselineMode::before ? mean_baseline_dac : 0.0), sums[t]);
  }
  return curve;
}

CurveFit curve_fit_of(const FluxModel& model) {
  CurveFit fit;
  for (const ModelParameter& parameter : model.parameters()) {
    fit.names.emplace_back(parameter.name);
    fit.units.emplace_back(parameter.unit);
  }
  const auto count = static_cast<Eigen::Index>(fit.names.size());
  fit.parameters.resize(fit.names.size());
  fit.covariance = Eigen::MatrixXd::Constant(count, count, undefined);
  return fit;
}

CurveFit fit_curve(const FluxCurve& curve, CurveEnds ends, const FluxModel& model, const std::vector<double>& start,
                   std::string_view engine, Covariance covariance, double dispersion) {
  CurveFit fit = curve_fit_of(model);
  const UsablePoints points = usable_points(curve, ends);
  const FitProblem problem{model, StatisticRegistry::instance().get(Neyman::name), points.threshold, points.flux,
                           points.scale};
  CurveFitter fitter(model, engine, points.threshold.size());
  if (points.threshold.empty()) return fit;
  std::vector<double> parameters(fit.names.size());
  set_start(problem, start, parameters);
  CurveMinimum minimum = fitter(problem, parameters);
  if (!start.empty() && (minimum.failure != StatusReason::none || !in_domain(problem, parameters))) {
    set_start(problem, {}, parameters);
    minimum = fitter(problem, parameters);
  }
  if (minimum.failure != StatusReason::none) return fit;
  fit.found = true;
  fit.chi2 = minimum.chi2;
  fit.ndf = minimum.ndf;
  fit.covariance = fitter.covariance() * covariance_factor(covariance, minimum, dispersion);
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    fit.parameters[k] = {parameters[k], parameter_error(fitter.covariance(), k, covariance, minimum, dispersion)};
  }
  return fit;
}

}  // namespace velocal
