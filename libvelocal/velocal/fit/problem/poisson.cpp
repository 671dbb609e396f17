// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/poisson.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "velocal/fit/problem/deviance_moments.hpp"
#include "velocal/fit/problem/neyman.hpp"

namespace velocal {

StatusReason Poisson::select(const CurveCounts& curve, SelectedPoints& points) {
  if (std::ranges::all_of(curve.counts, [](double count) { return count == 0.0; })) return StatusReason::no_hits;
  points.threshold.assign(curve.threshold.begin(), curve.threshold.end());
  points.observed.assign(curve.counts.begin(), curve.counts.end());
  points.scale.assign(curve.live_time_s.begin(), curve.live_time_s.end());
  return StatusReason::none;
}

double Poisson::rate(const FitProblem& problem, std::size_t point) {
  return problem.observed[point] / problem.scale[point] - problem.background;
}

double Poisson::term(const FitProblem& problem, std::size_t point, double flux) {
  const double observed = problem.observed[point];
  const double mu = problem.scale[point] * (flux + problem.background);
  if (!(flux >= lowest_flux(problem.background)) || (mu == 0.0 && observed > 0.0))
    return std::numeric_limits<double>::infinity();
  if (observed == 0.0) return 2.0 * mu;
  // N ln(N/mu) - (N - mu) cancels where mu is near N; log1p of the relative difference keeps the digits there, and only
  // there: at mu << N it would lose those of mu.
  const double excess = (mu - observed) / observed;
  const double log_ratio = std::abs(excess) < 0.5 ? std::log1p(excess) : std::log(mu / observed);
  return 2.0 * observed * (excess - log_ratio);
}

double Poisson::information(const FitProblem& problem, std::size_t point, double flux) {
  const double rate = flux + problem.background;
  return rate > 0.0 ? problem.scale[point] / rate : 0.0;
}

Residual Poisson::residual(const FitProblem& problem, std::size_t point, double flux) {
  const double scale = problem.scale[point];
  const double observed = problem.observed[point];
  const double mu = scale * (flux + problem.background);
  const double term = Poisson::term(problem, point, flux);
  if (!std::isfinite(term)) return {term, 0.0};
  // Near mu = N the ratio below is 0/0; its limit is 1/sqrt(mu).
  if (std::abs(mu - observed) < 1e-7 * observed) return {(mu - observed) / std::sqrt(mu), scale / std::sqrt(mu)};
  const double value = std::copysign(std::sqrt(term), mu - observed);
  return {value, value == 0.0 ? 0.0 : scale * (1.0 - observed / mu) / value};
}

double Poisson::behind_barrier(const FitProblem& problem, std::size_t point) {
  constexpr double share = 0.5;
  const double observed = problem.observed[point];
  return observed > 0.0 ? observed : share * problem.scale[point] * problem.background;
}

Chi2Cumulants Poisson::chi2_cumulants(const FitProblem& problem, const FittedPoints& fit) {
  const DevianceTable& table = DevianceTable::instance();
  const std::size_t n = problem.points();
  const std::size_t p = problem.parameters();
  ParameterVector k = ParameterVector::Zero(static_cast<Eigen::Index>(p));
  DevianceCumulants sum{};
  for (std::size_t i = 0; i < n; ++i) {
    const double rate = fit.flux[i] + problem.background;
    const DevianceCumulants at = table.at(problem.scale[i] * rate);
    sum.mean += at.mean;
    sum.variance += at.variance;
    sum.third += at.third;
    if (at.covariance_with_count == 0.0) continue;
    const double weight = at.covariance_with_count / rate;
    for (std::size_t j = 0; j < p; ++j) k[static_cast<Eigen::Index>(j)] += weight * fit.gradient[j * n + i];
  }
  const auto parameters = static_cast<double>(p);
  return {sum.mean - parameters, sum.variance - 2.0 * parameters - k.dot(fit.covariance * k),
          sum.third - 8.0 * parameters};
}

double Poisson::flux_error(double counts, double live_time_s, double fitted) {
  return std::isnan(fitted) ? Neyman::flux_error(counts, live_time_s, fitted) : std::sqrt(fitted / live_time_s);
}

}  // namespace velocal
