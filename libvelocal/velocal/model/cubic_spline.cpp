// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/model/cubic_spline.hpp"

#include <cassert>

namespace velocal::diffusion {
namespace {

/// The coefficient at a knot is the value less a sixth of the curvature, per knot.
double end_coefficient(double end, double second, double third, double fourth) {
  return end - (2.0 * end - 5.0 * second + 4.0 * third - fourth) / 6.0;
}

}  // namespace

Eigen::MatrixXd spline_coefficients(const Eigen::MatrixXd& values) {
  const Eigen::Index n = values.rows();
  assert(n >= 4);
  Eigen::MatrixXd coefficients(n + 2, values.cols());
  Eigen::VectorXd ratio = Eigen::VectorXd::Zero(n);
  for (Eigen::Index i = 1; i + 1 < n; ++i) ratio[i] = 1.0 / (4.0 - ratio[i - 1]);
  for (Eigen::Index column = 0; column < values.cols(); ++column) {
    const auto f = values.col(column);
    auto c = coefficients.col(column);
    // c[i] + 4 c[i + 1] + c[i + 2] = 6 f[i], by elimination from one end and substitution from the other.
    c[1] = end_coefficient(f[0], f[1], f[2], f[3]);
    c[n] = end_coefficient(f[n - 1], f[n - 2], f[n - 3], f[n - 4]);
    for (Eigen::Index i = 1; i + 1 < n; ++i) c[i + 1] = (6.0 * f[i] - c[i]) * ratio[i];
    for (Eigen::Index i = n - 1; i-- > 1;) c[i + 1] -= ratio[i] * c[i + 2];
    c[0] = 6.0 * f[0] - 4.0 * c[1] - c[2];
    c[n + 1] = 6.0 * f[n - 1] - 4.0 * c[n] - c[n - 1];
  }
  return coefficients;
}

Eigen::MatrixXd refined_spline(const Eigen::MatrixXd& coefficients) {
  const Eigen::Index n = coefficients.rows();
  Eigen::MatrixXd refined(2 * n - 3, coefficients.cols());
  for (Eigen::Index column = 0; column < refined.cols(); ++column) {
    const auto c = coefficients.col(column);
    auto r = refined.col(column);
    for (Eigen::Index j = 0; j + 1 < n; ++j) r[2 * j] = 0.5 * (c[j] + c[j + 1]);
    for (Eigen::Index j = 0; j + 2 < n; ++j) r[2 * j + 1] = 0.125 * (c[j] + 6.0 * c[j + 1] + c[j + 2]);
  }
  return refined;
}

Eigen::MatrixXd spline_values(const Eigen::MatrixXd& coefficients) {
  const Eigen::Index n = coefficients.rows() - 2;
  return (coefficients.topRows(n) + 4.0 * coefficients.middleRows(1, n) + coefficients.bottomRows(n)) / 6.0;
}

}  // namespace velocal::diffusion
