// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/expected_precision.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <vector>

#include "velocal/core/quantity.hpp"
#include "velocal/core/sample.hpp"
#include "velocal/fit/chip_model.hpp"
#include "velocal/fit/line_origins.hpp"

namespace velocal {
namespace {

double median(const PixelMatrix<double>& values) {
  return quantile(finite_values(values.values()), 0.5);
}

/// Variance of the parameter of that index, given live times; NaN where the thresholds do not determine it.
double variance(std::span<const double> flux, std::span<const double> gradient, std::span<const double> live_time_s,
                std::size_t parameters, std::size_t wanted) {
  const auto P = static_cast<Eigen::Index>(parameters);
  Eigen::MatrixXd information = Eigen::MatrixXd::Zero(P, P);
  for (std::size_t t = 0; t < flux.size(); ++t) {
    if (!(live_time_s[t] > 0.0) || !(flux[t] > 0.0)) continue;
    Eigen::VectorXd slope(P);
    for (std::size_t k = 0; k < parameters; ++k) slope[static_cast<Eigen::Index>(k)] = gradient[k * flux.size() + t];
    information += live_time_s[t] / flux[t] * slope * slope.transpose();
  }
  const Eigen::FullPivLU<Eigen::MatrixXd> solver(information);
  if (!solver.isInvertible()) return undefined;
  const auto at = static_cast<Eigen::Index>(wanted);
  return solver.inverse()(at, at);
}

}  // namespace

Precision expected_precision(const ScanFit& fit, const FluxCube& cube, std::span<const double> at_end) {
  const auto model = model_of(fit);
  const std::size_t line = model->index_of(quantity::line), T = cube.threshold_count();
  const ParameterMap* const map = fit.pixels.find(quantity::line);
  if (map == nullptr || std::ranges::none_of(map->error, [](double error) { return std::isfinite(error); })) return {};
  std::vector<double> parameters, threshold(cube.threshold.begin(), cube.threshold.end()), flux(T);
  for (const ParameterMap& parameter : fit.pixels.parameters) parameters.push_back(median(parameter.value));
  const auto origins = origins_of(fit, *model);
  const double origin = origins ? origins->mean() : 0.0;
  parameters[line] -= origin;
  for (double& value : threshold) value -= origin;
  std::vector<double> gradient(parameters.size() * T);
  model->flux_and_gradient(parameters, threshold, flux, gradient);
  for (double& value : flux) value += std::max(fit.background, 1e-9);
  const double now = median(map->error);
  const double growth = variance(flux, gradient, at_end, parameters.size(), line) /
                        variance(flux, gradient, cube.live_time_s, parameters.size(), line);
  return {now, now * std::sqrt(growth)};
}

}  // namespace velocal
