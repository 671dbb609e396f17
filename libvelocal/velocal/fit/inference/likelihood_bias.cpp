// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/inference/likelihood_bias.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <array>
#include <numeric>

namespace velocal {
namespace {

constexpr double bias_step = 0.1;  // standard deviations

/// L of C = L L^T, with one parameter taken as if it were the last: the last column has it alone.
ParameterCovariance root_of(const ParameterCovariance& covariance, Eigen::Index taken_last) {
  const Eigen::Index last = covariance.rows() - 1;
  ParameterCovariance exchanged = covariance;
  exchanged.row(taken_last).swap(exchanged.row(last));
  exchanged.col(taken_last).swap(exchanged.col(last));
  ParameterCovariance root = exchanged.llt().matrixL();
  root.row(taken_last).swap(root.row(last));
  return root;
}

}  // namespace

LikelihoodBias::LikelihoodBias(std::size_t most_points, std::size_t most_parameters)
    : curvature_(most_points), weighted_(most_points), moved_(most_points, most_parameters) {}

ParameterVector LikelihoodBias::operator()(const FitProblem& problem, std::span<const double> parameters,
                                           const Evaluation& at, const ParameterCovariance& covariance) {
  std::array<std::size_t, max_parameters> all{};
  std::iota(all.begin(), all.end(), std::size_t{0});
  return covariance * expected_score(problem, parameters, at, std::span(all).first(parameters.size()), covariance);
}

ParameterVector LikelihoodBias::expected_score(const FitProblem& problem, std::span<const double> parameters,
                                               const Evaluation& at, std::span<const std::size_t> free,
                                               const ParameterCovariance& covariance) {
  const std::size_t n = problem.points();
  const auto p = static_cast<Eigen::Index>(parameters.size());
  if (free.empty()) return ParameterVector::Zero(p);
  // Along a parameter in which the flux is linear the second derivative is 0.
  const auto is_linear = [&](std::size_t k) { return problem.model.parameters()[k].linear; };
  const auto count = static_cast<Eigen::Index>(free.size());
  const Eigen::Index linear = std::ranges::find_if(free, is_linear) - free.begin();
  const Eigen::Index directions = linear < count ? count - 1 : count;
  const ParameterCovariance root = root_of(covariance, std::min(linear, count - 1));
  std::fill_n(curvature_.begin(), n, 0.0);
  // With C = L L^T the trace is the sum of the second derivatives along the columns of L.
  for (Eigen::Index j = 0; j < directions; ++j) {
    ParameterVector move = ParameterVector::Zero(p);
    for (Eigen::Index k = 0; k < count; ++k) {
      move[static_cast<Eigen::Index>(free[static_cast<std::size_t>(k)])] = bias_step * root(k, j);
    }
    add_curvature_along(move, problem, parameters, at);
  }
  for (std::size_t i = 0; i < n; ++i) {
    weighted_[i] = curvature_[i] * problem.statistic.information(problem, i, at.flux()[i]);
  }
  ParameterVector score = ParameterVector::Zero(p);
  for (Eigen::Index k = 0; k < p; ++k) {
    const double* const slope = &at.gradient()[static_cast<std::size_t>(k) * n];
    for (std::size_t i = 0; i < n; ++i) score[k] += weighted_[i] * slope[i];
  }
  return -0.5 * score;
}

void LikelihoodBias::flux_shift(const ParameterVector& bias, const Evaluation& at, std::span<double> shift) const {
  const std::size_t n = shift.size();
  for (std::size_t i = 0; i < n; ++i) {
    shift[i] = 0.5 * curvature_[i];
    for (Eigen::Index k = 0; k < bias.size(); ++k)
      shift[i] += bias[k] * at.gradient()[static_cast<std::size_t>(k) * n + i];
  }
}

/// The second derivative is that of the cubic through the values and slopes at both ends of the move.
void LikelihoodBias::add_curvature_along(const ParameterVector& move, const FitProblem& problem,
                                         std::span<const double> parameters, const Evaluation& at) {
  const std::size_t n = problem.points();
  std::array<double, max_parameters> values{};
  for (std::size_t k = 0; k < parameters.size(); ++k) values[k] = parameters[k] + move[static_cast<Eigen::Index>(k)];
  moved_.set_model(problem, std::span(values).first(parameters.size()));
  const double* const flux = at.flux().data();
  const double* const moved_flux = moved_.flux().data();
  for (std::size_t i = 0; i < n; ++i) curvature_[i] += (moved_flux[i] - flux[i]) * (6.0 / (bias_step * bias_step));
  for (Eigen::Index k = 0; k < move.size(); ++k) {
    if (move[k] == 0.0) continue;
    const double share = 2.0 * move[k] / (bias_step * bias_step);
    const double* const slope = &at.gradient()[static_cast<std::size_t>(k) * n];
    const double* const moved_slope = &moved_.gradient()[static_cast<std::size_t>(k) * n];
    for (std::size_t i = 0; i < n; ++i) curvature_[i] -= share * (2.0 * slope[i] + moved_slope[i]);
  }
}

}  // namespace velocal
