// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/likelihood_bias.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <array>

namespace velocal {
namespace {

constexpr double step = 0.1;  // standard deviations

}  // namespace

ParameterVector likelihood_bias(const FitProblem& problem, std::span<const double> parameters,
                                const ParameterCovariance& covariance, std::span<const double> flux,
                                std::span<const double> gradient, std::span<double> scratch) {
  const std::size_t n = problem.points();
  const auto p = static_cast<Eigen::Index>(parameters.size());
  const auto curvature = scratch.first(n);  // tr(C d2F/dtheta2)
  const auto shifted = scratch.subspan(n, n);
  const Eigen::LLT<ParameterCovariance> cholesky(covariance);
  const ParameterCovariance root = cholesky.matrixL();
  std::ranges::fill(curvature, 0.0);
  // With C = L L^T the trace is the sum of the second derivatives along the columns of L.
  for (Eigen::Index j = 0; j < p; ++j) {
    for (const double side : {-step, step}) {
      std::array<double, max_parameters> at{};
      for (Eigen::Index k = 0; k < p; ++k)
        at[static_cast<std::size_t>(k)] = parameters[static_cast<std::size_t>(k)] + side * root(k, j);
      problem.model.fast_flux(std::span(at).first(parameters.size()), problem.threshold, shifted);
      for (std::size_t i = 0; i < n; ++i) curvature[i] += (shifted[i] - flux[i]) / (step * step);
    }
  }
  ParameterVector score = ParameterVector::Zero(p);
  for (std::size_t i = 0; i < n; ++i) {
    const double weighted = information(problem, i, flux[i]) * curvature[i];
    for (Eigen::Index k = 0; k < p; ++k) score[k] += weighted * gradient[static_cast<std::size_t>(k) * n + i];
  }
  return -0.5 * (covariance * score);
}

}  // namespace velocal
