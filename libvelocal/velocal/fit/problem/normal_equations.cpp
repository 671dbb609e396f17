// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/normal_equations.hpp"

#include <cmath>

#include "velocal/fit/problem/normal_equations_kernel.hpp"

namespace velocal {
namespace {

NormalEquationsKernel kernel_of(Statistic statistic, std::size_t parameters, SimdLevel level) {
#if defined(__x86_64__) && defined(__GLIBC__)
  switch (level) {
    case SimdLevel::scalar: return nullptr;
    case SimdLevel::sse2: return normal_equations_kernel_of_width<2>(statistic, parameters);
    case SimdLevel::avx2: return normal_equations_kernel_of_width<4>(statistic, parameters);
    case SimdLevel::avx512: return normal_equations_kernel_of_width<8>(statistic, parameters);
  }
#endif
  return nullptr;
}

void set_point_by_point(const FitProblem& problem, std::span<const double> flux, std::span<const double> gradient,
                        NormalEquations& equations) {
  const std::size_t n = problem.points();
  equations = {};
  for (std::size_t i = 0; i < n; ++i) {
    equations.chi2 += chi2_term(problem, i, flux[i]);
    const double weight = information(problem, i, flux[i]);
    const double residual = problem.statistic == Statistic::neyman
                                ? problem.observed[i] - flux[i]
                                : problem.observed[i] / problem.scale[i] - flux[i] - problem.background;
    for (std::size_t k = 0; k < problem.parameters(); ++k) {
      const double slope = weight * gradient[k * n + i];
      equations.descent[k] += slope * residual;
      for (std::size_t l = 0; l <= k; ++l) equations.normal[k][l] += slope * gradient[l * n + i];
    }
  }
}

}  // namespace

void set_normal_equations(const FitProblem& problem, std::span<const double> flux, std::span<const double> gradient,
                          NormalEquations& equations, SimdLevel level) {
  const NormalEquationsKernel kernel = kernel_of(problem.statistic, problem.parameters(), level);
  if (kernel == nullptr) return set_point_by_point(problem, flux, gradient, equations);
  kernel({problem.points(), problem.observed.data(), problem.scale.data(), flux.data(), gradient.data(),
          problem.background, problem.lowest_flux()},
         equations);
}

void evaluate(const FitProblem& problem, std::span<const double> parameters, std::span<double> flux,
              std::span<double> gradient, NormalEquations& equations) {
  problem.model.fast_flux_and_gradient(parameters, problem.threshold, flux, gradient);
  set_normal_equations(problem, flux, gradient, equations);
}

}  // namespace velocal
