// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/levenberg_marquardt.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace velocal {
namespace {

using Vector = NormalEquations::Vector;

constexpr double tolerance = 1e-9;
constexpr int max_evaluations = 200;
constexpr double first_damping = 1e-3;
constexpr double largest_damping = 1e12;
/// Rounding error of chi2, relative and absolute: a rise by less is none.
constexpr double relative_rounding = 1e-13;
constexpr double absolute_rounding = 1e-9;

/// Solves the normal equations with their diagonal times 1 + damping by Cholesky factorisation, scaled to unit
/// diagonal. False when they are not positive definite.
bool solve(const NormalEquations& at, std::size_t parameters, double damping, Vector& step) {
  Vector scale;
  std::array<Vector, max_parameters> L;
  for (std::size_t k = 0; k < parameters; ++k) {
    if (!(at.normal[k][k] > 0.0)) return false;
    scale[k] = 1.0 / std::sqrt(at.normal[k][k]);
  }
  for (std::size_t k = 0; k < parameters; ++k) {
    for (std::size_t l = 0; l <= k; ++l) {
      double sum = at.normal[k][l] * scale[k] * scale[l] + (k == l ? damping : 0.0);
      for (std::size_t m = 0; m < l; ++m) sum -= L[k][m] * L[l][m];
      if (k != l) {
        L[k][l] = sum / L[l][l];
      } else if (sum > 0.0) {
        L[k][k] = std::sqrt(sum);
      } else {
        return false;
      }
    }
  }
  for (std::size_t k = 0; k < parameters; ++k) {
    double sum = at.descent[k] * scale[k];
    for (std::size_t m = 0; m < k; ++m) sum -= L[k][m] * step[m];
    step[k] = sum / L[k][k];
  }
  for (std::size_t k = parameters; k-- > 0;) {
    for (std::size_t m = k + 1; m < parameters; ++m) step[k] -= L[m][k] * step[m];
    step[k] /= L[k][k];
  }
  for (std::size_t k = 0; k < parameters; ++k) step[k] *= scale[k];
  return true;
}

}  // namespace

LevenbergMarquardt::LevenbergMarquardt(std::size_t max_points, std::size_t parameters)
    : parameters_(parameters), flux_(max_points), gradient_(max_points * parameters) {}

void LevenbergMarquardt::evaluate(const FitProblem& problem, std::span<const double> parameters, NormalEquations& at) {
  const std::size_t n = problem.points();
  const auto flux = std::span(flux_).first(n);
  const auto gradient = std::span(gradient_).first(n * parameters_);
  problem.model.fast_flux_and_gradient(parameters, problem.threshold, flux, gradient);
  set_normal_equations(problem, flux, gradient, level_, at);
}

MinimiserResult LevenbergMarquardt::minimise(const FitProblem& problem, std::span<double> parameters) {
  assert(problem.points() <= flux_.size() && parameters.size() == parameters_);
  NormalEquations here;
  NormalEquations there;
  Vector trial{};
  Vector step{};
  evaluate(problem, parameters, here);
  MinimiserResult result{false, 1};
  if (!std::isfinite(here.chi2)) return result;
  double damping = first_damping;
  double growth = 2.0;
  while (result.evaluations < max_evaluations && damping < largest_damping) {
    if (solve(here, parameters_, damping, step)) {
      double expected = 0.0;  // fall of chi2 by the step, in the quadratic approximation
      for (std::size_t k = 0; k < parameters_; ++k) {
        trial[k] = parameters[k] + step[k];
        expected += step[k] * (here.descent[k] + damping * here.normal[k][k] * step[k]);
      }
      if (expected < tolerance && damping < 1.0) {
        std::copy_n(trial.begin(), parameters_, parameters.begin());
        result.converged = true;
        return result;
      }
      evaluate(problem, std::span(trial).first(parameters_), there);
      ++result.evaluations;
      const double fall = here.chi2 - there.chi2;
      if (fall >= -(absolute_rounding + relative_rounding * std::abs(here.chi2))) {
        std::copy_n(trial.begin(), parameters_, parameters.begin());
        std::swap(here, there);
        const double gain = 2.0 * fall / expected - 1.0;
        damping *= std::max(1.0 / 9.0, 1.0 - gain * gain * gain);
        growth = 2.0;
        continue;
      }
    }
    damping *= growth;
    growth *= 2.0;
  }
  return result;
}

}  // namespace velocal
