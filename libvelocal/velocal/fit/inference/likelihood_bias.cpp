// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/inference/likelihood_bias.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <array>

namespace velocal {
namespace {

constexpr double step = 0.1;  // standard deviations

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

ParameterVector likelihood_bias(const FitProblem& problem, std::span<const double> parameters,
                                const ParameterCovariance& covariance, std::span<const double> flux,
                                std::span<const double> gradient, std::span<double> scratch) {
  const std::size_t n = problem.points();
  const auto p = static_cast<Eigen::Index>(parameters.size());
  const auto curvature = scratch.first(n);  // tr(C d2F/dtheta2)
  const auto moved_flux = scratch.subspan(n, n);
  const auto moved_gradient = scratch.subspan(2 * n, n * parameters.size());
  // Along a parameter in which the flux is linear the second derivative is 0.
  const auto all = problem.model.parameters();
  const Eigen::Index linear = std::ranges::find_if(all, &ModelParameter::linear) - all.begin();
  const Eigen::Index directions = linear < p ? p - 1 : p;
  const ParameterCovariance root = root_of(covariance, std::min(linear, p - 1));
  std::ranges::fill(curvature, 0.0);
  // With C = L L^T the trace is the sum of the second derivatives along the columns of L. Each is that of the cubic
  // through the values and slopes at both ends of the step.
  for (Eigen::Index j = 0; j < directions; ++j) {
    const ParameterVector move = step * root.col(j);
    std::array<double, max_parameters> moved{};
    for (Eigen::Index k = 0; k < p; ++k) {
      moved[static_cast<std::size_t>(k)] = parameters[static_cast<std::size_t>(k)] + move[k];
    }
    problem.model.fast_flux_and_gradient(std::span(moved).first(parameters.size()), problem.threshold, moved_flux,
                                         moved_gradient);
    for (std::size_t i = 0; i < n; ++i) curvature[i] += (moved_flux[i] - flux[i]) * (6.0 / (step * step));
    for (Eigen::Index k = 0; k < p; ++k) {
      if (move[k] == 0.0) continue;
      const double share = 2.0 * move[k] / (step * step);
      const double* const slope = &gradient[static_cast<std::size_t>(k) * n];
      const double* const moved_slope = &moved_gradient[static_cast<std::size_t>(k) * n];
      for (std::size_t i = 0; i < n; ++i) curvature[i] -= share * (2.0 * slope[i] + moved_slope[i]);
    }
  }
  for (std::size_t i = 0; i < n; ++i) curvature[i] *= information(problem, i, flux[i]);
  ParameterVector score = ParameterVector::Zero(p);
  for (Eigen::Index k = 0; k < p; ++k) {
    const double* const slope = &gradient[static_cast<std::size_t>(k) * n];
    for (std::size_t i = 0; i < n; ++i) score[k] += curvature[i] * slope[i];
  }
  return -0.5 * (covariance * score);
}

}  // namespace velocal
