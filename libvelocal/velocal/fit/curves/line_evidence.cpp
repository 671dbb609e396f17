// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/line_evidence.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "velocal/fit/problem/statistic.hpp"

namespace velocal {
namespace {

/// A straight curve, by the logarithms of its flux at both ends: it is nowhere negative.
class StraightCurve final : public FluxModel {
 public:
  StraightCurve(double begin, double end) : begin_(begin), inverse_range_(1.0 / (end - begin)) {}

  std::string_view name() const override { return "straight"; }
  std::span<const ModelParameter> parameters() const override { return parameters_; }
  void flux(std::span<const double> parameters, std::span<const double> threshold,
            std::span<double> flux) const override {
    const double left = std::exp(parameters[0]), right = std::exp(parameters[1]);
    for (std::size_t i = 0; i < flux.size(); ++i) flux[i] = left + (right - left) * place(threshold[i]);
  }
  void flux_and_gradient(std::span<const double> parameters, std::span<const double> threshold, std::span<double> flux,
                         std::span<double> gradient) const override {
    const double left = std::exp(parameters[0]), right = std::exp(parameters[1]);
    for (std::size_t i = 0; i < flux.size(); ++i) {
      const double x = place(threshold[i]);
      gradient[i] = left * (1.0 - x);
      gradient[flux.size() + i] = right * x;
      flux[i] = gradient[i] + gradient[flux.size() + i];
    }
  }
  void start_values(const LineShape& shape, std::span<double> parameters) const override {
    std::ranges::fill(parameters, std::log(shape.step));
  }

 private:
  static constexpr double unbounded = std::numeric_limits<double>::infinity();
  static constexpr std::array<ModelParameter, 2> parameters_{
      {{"begin", "", -unbounded, unbounded}, {"end", "", -unbounded, unbounded}}};
  double place(double threshold) const { return (threshold - begin_) * inverse_range_; }

  const double begin_;
  const double inverse_range_;
};

/// The straight line of least squares through points of equal weights.
struct Regression {
  double mean_threshold;
  double mean;
  double slope;
  double distance;  ///< sum of the squared distances

  Regression(std::span<const double> threshold, std::span<const double> flux) {
    const auto n = static_cast<Eigen::Index>(threshold.size());
    const Eigen::Map<const Eigen::ArrayXd> t(threshold.data(), n), f(flux.data(), n);
    mean_threshold = t.mean();
    mean = f.mean();
    const double tt = (t - mean_threshold).square().sum();
    const double tf = ((t - mean_threshold) * (f - mean)).sum();
    slope = tt > 0.0 ? tf / tt : 0.0;
    distance = (f - mean).square().sum() - slope * tf;
  }
  double at(double threshold) const { return mean + slope * (threshold - mean_threshold); }
};

/// Far from all straight curves. The distance is weighed as the point of the largest flux is, which has the smallest
/// weight under the fit. Under a straight curve weights can be somewhat smaller: hence the factor. It spares nearly all
/// bright curves the second fit.
bool far_from_straight(const FitProblem& problem, std::span<const double> flux, const Regression& line,
                       double least_fall) {
  constexpr double factor = 2.0;
  const auto highest = static_cast<std::size_t>(std::ranges::max_element(flux) - flux.begin());
  const double weight = problem.statistic.information(problem, highest, flux[highest]);
  return weight * line.distance > factor * least_fall;
}

}  // namespace

LineEvidence::LineEvidence(std::size_t max_points)
    : minimiser_(make_minimiser("fast", max_points, 2)), straight_(max_points, 2) {}

bool LineEvidence::operator()(const FitProblem& problem, std::span<const double> flux, double chi2, double dispersion) {
  const double fall = least_fall * dispersion;
  const Regression line(problem.threshold, flux);
  if (far_from_straight(problem, flux, line, fall)) return true;
  const double begin = problem.threshold.front(), end = problem.threshold.back();
  const StraightCurve model(begin, end);
  const FitProblem straight{model,         problem.statistic, problem.threshold, problem.observed,
                            problem.scale, problem.background};
  const double lowest = std::max(0.02 * line.mean, 1e-12);
  std::array parameters{std::log(std::max(line.at(begin), lowest)), std::log(std::max(line.at(end), lowest))};
  // Where it falls to 0 there is no minimum to converge to, and the last point is as good.
  minimiser_->minimise(straight, parameters, straight_);
  return straight_.equations().chi2 - chi2 >= fall;
}

}  // namespace velocal
