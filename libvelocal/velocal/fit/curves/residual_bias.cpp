// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/curves/residual_bias.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "velocal/core/parallel_for.hpp"
#include "velocal/core/quantity.hpp"
#include "velocal/fit/inference/likelihood_bias.hpp"
#include "velocal/fit/inference/parameter_covariance.hpp"
#include "velocal/fit/problem/curve_points.hpp"

namespace velocal {
namespace {

constexpr std::size_t most_sampled_for_bias = 500;
constexpr std::size_t biases_per_task = 50;

/// A bias of first order that exceeds the uncertainty is none: so where the counts hardly determine a parameter. A
/// single such curve would drown all others.
bool is_small(const ParameterVector& bias, const ParameterCovariance& covariance) {
  return (bias.array().square() < covariance.diagonal().array()).all();
}

class BiasAdder {
 public:
  BiasAdder(const Curves& curves, const CurveFits& fits, const FluxModel& model, const CurveSettings& settings)
      : fits_(fits),
        model_(model),
        line_(model.index_of(quantity::line)),
        points_(curves, StatisticRegistry::instance().get(settings.statistic), settings.max_zero_fraction),
        at_(points_.max_points(), fits.parameters.size()),
        bias_(points_.max_points(), fits.parameters.size()),
        shift_(points_.max_points()),
        parameters_(fits.parameters.size()) {}

  void add(std::size_t curve, ResidualBins& bins) {
    if (points_.load(curve) != StatusReason::none) return;
    const FitProblem problem = points_.problem(model_, fits_.background);
    for (std::size_t k = 0; k < parameters_.size(); ++k) parameters_[k] = fits_.parameters[k].value[curve];
    at_.set(problem, parameters_);
    const auto covariance = parameter_covariance(at_.equations().normal, parameters_.size());
    if (!covariance) return;
    const std::span shift = std::span(shift_).first(problem.points());
    const ParameterVector bias = bias_(problem, parameters_, at_, *covariance);
    if (!is_small(bias, *covariance)) return;
    bias_.flux_shift(bias, at_, shift);
    for (std::size_t i = 0; i < problem.points(); ++i) {
      const double live_time_s = problem.scale[i];
      bins.add(problem.threshold[i] - parameters_[line_], {live_time_s, 0.0, -live_time_s * shift[i]});
    }
  }

 private:
  const CurveFits& fits_;
  const FluxModel& model_;
  std::size_t line_;
  CurvePoints points_;
  Evaluation at_;
  LikelihoodBias bias_;
  std::vector<double> shift_;
  std::vector<double> parameters_;
};

std::vector<std::size_t> sampled_curves(const CurveFits& fits) {
  std::vector<std::size_t> good, sampled;
  for (std::size_t curve = 0; curve < fits.status.size(); ++curve) {
    if (fits.status[curve] == PixelStatus::good) good.push_back(curve);
  }
  const std::size_t stride = good.size() / most_sampled_for_bias + 1;
  for (std::size_t i = 0; i < good.size(); i += stride) sampled.push_back(good[i]);
  return sampled;
}

}  // namespace

void add_residual_bias(const Curves& curves, const CurveFits& fits, const FluxModel& model,
                       const CurveSettings& settings, ResidualBins& bins) {
  const std::vector<std::size_t> sampled = sampled_curves(fits);
  const std::size_t tasks = (sampled.size() + biases_per_task - 1) / biases_per_task;
  std::vector<ResidualBins> parts(tasks, bins);
  parallel_for(tasks, settings.threads, [&](std::size_t task, int) {
    BiasAdder adder(curves, fits, model, settings);
    const std::size_t end = std::min((task + 1) * biases_per_task, sampled.size());
    for (std::size_t i = task * biases_per_task; i < end; ++i) adder.add(sampled[i], parts[task]);
  });
  for (const ResidualBins& part : parts) bins += part;
}

}  // namespace velocal
