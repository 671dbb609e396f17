// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/levenberg_marquardt.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace velocal {
namespace {

using Vector = NormalEquations::Vector;

constexpr double tolerance = 1e-9;
constexpr int max_evaluations = 500;
constexpr int long_path = 25;
constexpr double first_damping = 1e-3;
constexpr double largest_damping = 1e12;
constexpr double smallest_damping = 1e-7;
/// Rounding error of chi2, relative and absolute: a rise by less is none.
constexpr double relative_rounding = 1e-13;
constexpr double absolute_rounding = 1e-9;

/// Solves the normal equations with their diagonal times 1 + damping, by L D L^T: unlike a Cholesky factorisation it
/// needs no roots, and is as indifferent to the parameters' scales. False when they are not positive definite.
template <std::size_t parameters>
bool solve(const NormalEquations& at, double damping, Vector& step) {
  std::array<std::array<double, parameters>, parameters> L;
  std::array<double, parameters> inverse;  // of D
  for (std::size_t k = 0; k < parameters; ++k) {
    std::array<double, parameters> LD;
    double pivot = at.normal[k][k] * (1.0 + damping);
    for (std::size_t l = 0; l < k; ++l) {
      LD[l] = at.normal[k][l];
      for (std::size_t m = 0; m < l; ++m) LD[l] -= LD[m] * L[l][m];
      L[k][l] = LD[l] * inverse[l];
      pivot -= LD[l] * L[k][l];
    }
    if (!(pivot > 0.0)) return false;
    inverse[k] = 1.0 / pivot;
  }
  for (std::size_t k = 0; k < parameters; ++k) {
    step[k] = at.descent[k];
    for (std::size_t m = 0; m < k; ++m) step[k] -= L[k][m] * step[m];
  }
  for (std::size_t k = parameters; k-- > 0;) {
    step[k] *= inverse[k];
    for (std::size_t m = k + 1; m < parameters; ++m) step[k] -= L[m][k] * step[m];
  }
  return true;
}

/// For each number of parameters, 1 to max_parameters: with a number known to the compiler the loops vanish.
using Solve = bool (*)(const NormalEquations& at, double damping, Vector& step);
constexpr std::array<Solve, max_parameters> solve_by_parameters{&solve<1>, &solve<2>, &solve<3>, &solve<4>,
                                                                &solve<5>, &solve<6>, &solve<7>, &solve<8>};

/// Of chi2 by the step, in the quadratic approximation.
double expected_fall(const NormalEquations& at, std::size_t parameters, double damping, const Vector& step) {
  double fall = 0.0;
  for (std::size_t k = 0; k < parameters; ++k) {
    fall += step[k] * (at.descent[k] + damping * at.normal[k][k] * step[k]);
  }
  return fall;
}

/// Of chi2 by all steps to come when each is shorter than the one before by the same factor, as this one is. Near the
/// minimum expected falls go with the square of the steps.
double remaining_fall(double expected, double expected_before) {
  const double factor = std::min(0.9, std::sqrt(expected / expected_before));
  return expected / ((1.0 - factor) * (1.0 - factor));
}

bool rises(const NormalEquations& from, const NormalEquations& to) {
  return !(from.chi2 - to.chi2 >= -(absolute_rounding + relative_rounding * std::abs(from.chi2)));
}

MinimiserResult descend(const FitProblem& problem, std::span<double> parameters, std::span<double> flux,
                        std::span<double> gradient) {
  const std::size_t p = parameters.size();
  const Solve solve = solve_by_parameters[p - 1];
  int evaluations = 0;
  const auto evaluate = [&](std::span<const double> at, NormalEquations& result) {
    problem.model.fast_flux_and_gradient(at, problem.threshold, flux, gradient);
    set_normal_equations(problem, flux, gradient, result);
    ++evaluations;
  };
  std::array<NormalEquations, 2> equations;
  NormalEquations* here = &equations[0];
  NormalEquations* there = &equations[1];
  Vector trial{};
  Vector step{};
  evaluate(parameters, *here);
  bool converged = false;
  bool accepted = true;
  double damping = std::isfinite(here->chi2) ? first_damping : largest_damping;
  double growth = 2.0;
  double expected_before = std::numeric_limits<double>::infinity();
  while (!converged && evaluations < max_evaluations && damping < largest_damping) {
    if (solve(*here, damping, step)) {
      const double expected = expected_fall(*here, p, damping, step);
      for (std::size_t k = 0; k < p; ++k) trial[k] = parameters[k] + step[k];
      converged = damping < 1.0 && remaining_fall(expected, expected_before) < tolerance;
      evaluate(std::span(trial).first(p), *there);
      accepted = !rises(*here, *there);
      if (accepted) {
        const double gain = 2.0 * (here->chi2 - there->chi2) / expected - 1.0;
        damping = std::max(smallest_damping, damping * std::max(1.0 / 9.0, 1.0 - gain * gain * gain));
        growth = 2.0;
        expected_before = expected;
        std::copy_n(trial.begin(), p, parameters.begin());
        std::swap(here, there);
        continue;
      }
    }
    damping *= growth;
    growth *= 2.0;
  }
  if (!accepted) evaluate(parameters, *here);
  return {converged, evaluations};
}

/// To 14 binary digits, 6e-5.
double rounded(double value) {
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  return std::ldexp(std::round(std::ldexp(fraction, 14)), exponent - 14);
}

}  // namespace

MinimiserResult LevenbergMarquardt::minimise(const FitProblem& problem, std::span<double> parameters,
                                             std::span<double> flux, std::span<double> gradient) {
  const MinimiserResult result = descend(problem, parameters, flux, gradient);
  if (!result.converged || result.evaluations <= long_path) return result;
  std::ranges::transform(parameters, parameters.begin(), rounded);
  const MinimiserResult again = descend(problem, parameters, flux, gradient);
  return {again.converged, result.evaluations + again.evaluations};
}

}  // namespace velocal
