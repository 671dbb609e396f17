// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/parameter_covariance.hpp"

#include <Eigen/Cholesky>
#include <cmath>

namespace velocal {
namespace {

constexpr double smallest_condition = 1e-13;

/// J^T W J, lower triangle.
ParameterCovariance normal_matrix(const FitProblem& problem, std::span<const double> flux,
                                  std::span<const double> gradient) {
  const std::size_t n = problem.points();
  const auto p = static_cast<Eigen::Index>(problem.parameters());
  ParameterCovariance normal = ParameterCovariance::Zero(p, p);
  for (std::size_t i = 0; i < n; ++i) {
    const double weight = information(problem, i, flux[i]);
    for (Eigen::Index k = 0; k < p; ++k) {
      const double weighted = weight * gradient[static_cast<std::size_t>(k) * n + i];
      for (Eigen::Index l = 0; l <= k; ++l) normal(k, l) += weighted * gradient[static_cast<std::size_t>(l) * n + i];
    }
  }
  return normal;
}

}  // namespace

std::optional<ParameterCovariance> parameter_covariance(const FitProblem& problem, std::span<const double> flux,
                                                        std::span<const double> gradient) {
  ParameterCovariance normal = normal_matrix(problem, flux, gradient);
  const Eigen::Index p = normal.rows();
  ParameterVector size = ParameterVector::Zero(p);
  for (Eigen::Index k = 0; k < p; ++k) {
    if (!(normal(k, k) > 0.0) || !std::isfinite(normal(k, k))) return std::nullopt;
    size[k] = std::sqrt(normal(k, k));
    for (Eigen::Index l = 0; l <= k; ++l) normal(k, l) /= size[k] * size[l];
  }
  const Eigen::LLT<ParameterCovariance> cholesky(normal);
  if (cholesky.info() != Eigen::Success || !(cholesky.rcond() > smallest_condition)) return std::nullopt;
  ParameterCovariance covariance = cholesky.solve(ParameterCovariance::Identity(p, p));
  for (Eigen::Index k = 0; k < p; ++k) {
    for (Eigen::Index l = 0; l < p; ++l) covariance(k, l) /= size[k] * size[l];
  }
  if (!covariance.allFinite()) return std::nullopt;
  return covariance;
}

}  // namespace velocal
