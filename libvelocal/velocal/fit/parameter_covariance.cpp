// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/parameter_covariance.hpp"

#include <Eigen/Cholesky>
#include <cmath>

namespace velocal {
namespace {

constexpr double smallest_condition = 1e-13;

}  // namespace

std::optional<ParameterCovariance> parameter_covariance(const NormalEquations& at_minimum, std::size_t parameters) {
  const auto p = static_cast<Eigen::Index>(parameters);
  ParameterCovariance normal = ParameterCovariance::Zero(p, p);
  ParameterVector size = ParameterVector::Zero(p);
  for (Eigen::Index k = 0; k < p; ++k) {
    const auto& row = at_minimum.normal[static_cast<std::size_t>(k)];
    const double diagonal = row[static_cast<std::size_t>(k)];
    if (!(diagonal > 0.0) || !std::isfinite(diagonal)) return std::nullopt;
    size[k] = std::sqrt(diagonal);
    for (Eigen::Index l = 0; l <= k; ++l) {
      normal(k, l) = normal(l, k) = row[static_cast<std::size_t>(l)] / (size[k] * size[l]);
    }
  }
  const Eigen::LLT<ParameterCovariance> cholesky(normal);
  if (cholesky.info() != Eigen::Success) return std::nullopt;
  ParameterCovariance covariance = cholesky.solve(ParameterCovariance::Identity(p, p));
  const auto norm = [](const ParameterCovariance& matrix) { return matrix.cwiseAbs().colwise().sum().maxCoeff(); };
  if (!(norm(normal) * norm(covariance) * smallest_condition < 1.0)) return std::nullopt;
  for (Eigen::Index k = 0; k < p; ++k) {
    for (Eigen::Index l = 0; l < p; ++l) covariance(k, l) /= size[k] * size[l];
  }
  if (!covariance.allFinite()) return std::nullopt;
  return covariance;
}

}  // namespace velocal
