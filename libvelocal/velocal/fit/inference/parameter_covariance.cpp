// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/inference/parameter_covariance.hpp"

#include <Eigen/Cholesky>
#include <cmath>

namespace velocal {
namespace {

/// Inverse for P parameters: of a size known to the compiler, a small matrix is inverted several times faster.
template <int P>
std::optional<ParameterCovariance> inverse(const NormalEquations::Matrix& information, double smallest_condition) {
  Eigen::Matrix<double, P, P> normal;
  Eigen::Matrix<double, P, 1> scale;
  for (int k = 0; k < P; ++k) {
    const auto& row = information[static_cast<std::size_t>(k)];
    const double diagonal = row[static_cast<std::size_t>(k)];
    if (!(diagonal > 0.0) || !std::isfinite(diagonal)) return std::nullopt;
    scale[k] = 1.0 / std::sqrt(diagonal);
    for (int l = 0; l <= k; ++l) {
      normal(k, l) = normal(l, k) = row[static_cast<std::size_t>(l)] * scale[k] * scale[l];
    }
  }
  const Eigen::LLT<Eigen::Matrix<double, P, P>> cholesky(normal);
  if (cholesky.info() != Eigen::Success) return std::nullopt;
  Eigen::Matrix<double, P, P> covariance = Eigen::Matrix<double, P, P>::Identity();
  cholesky.solveInPlace(covariance);
  const auto norm = [](const auto& matrix) { return matrix.cwiseAbs().colwise().sum().maxCoeff(); };
  if (!(norm(normal) * norm(covariance) * smallest_condition < 1.0)) return std::nullopt;
  covariance.array() *= (scale * scale.transpose()).array();
  if (!covariance.allFinite()) return std::nullopt;
  return ParameterCovariance(covariance);
}

}  // namespace

std::optional<ParameterCovariance> parameter_covariance(const NormalEquations::Matrix& information,
                                                        std::size_t parameters, double smallest_condition) {
  using Inverse = std::optional<ParameterCovariance> (*)(const NormalEquations::Matrix&, double);
  constexpr std::array<Inverse, max_parameters> by_parameters{&inverse<1>, &inverse<2>, &inverse<3>, &inverse<4>,
                                                              &inverse<5>, &inverse<6>, &inverse<7>, &inverse<8>};
  return by_parameters[parameters - 1](information, smallest_condition);
}

}  // namespace velocal
