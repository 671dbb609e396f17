// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/minimise/gsl_minimiser.hpp"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit_nlinear.h>

#include <cassert>
#include <cmath>
#include <mutex>

namespace velocal {
namespace {

constexpr double parameter_tolerance = 1e-10;
constexpr double gradient_tolerance = 1e-9;
constexpr int max_iterations = 200;
/// Residual that stands for "not allowed": its square is far above any chi2, and the sum of squares stays finite.
constexpr double refused_residual = 1e50;

Residual residual_at(const FitProblem& problem, std::size_t point, double flux) {
  const Residual residual = problem.statistic.residual(problem, point, flux);
  return std::isfinite(residual.value) ? residual : Residual{refused_residual, 0.0};
}

/// What GSL hands back to the functions below.
struct Evaluated {
  const FitProblem& problem;
  Evaluation& at;
};

std::span<const double> values(const gsl_vector* x) {
  return {x->data, x->size};
}

/// Points that a problem has fewer than the workspace are rows of zeros, which change nothing.
int residuals(const gsl_vector* x, void* data, gsl_vector* f) {
  const auto& [problem, at] = *static_cast<const Evaluated*>(data);
  at.set_flux_plainly(problem, values(x));
  gsl_vector_set_zero(f);
  for (std::size_t i = 0; i < problem.points(); ++i) {
    gsl_vector_set(f, i, residual_at(problem, i, at.flux()[i]).value);
  }
  return GSL_SUCCESS;
}

int jacobian(const gsl_vector* x, void* data, gsl_matrix* J) {
  const auto& [problem, at] = *static_cast<const Evaluated*>(data);
  const std::size_t n = problem.points();
  at.set_model_plainly(problem, values(x));
  gsl_matrix_set_zero(J);
  for (std::size_t i = 0; i < n; ++i) {
    const double slope = residual_at(problem, i, at.flux()[i]).slope;
    for (std::size_t k = 0; k < x->size; ++k) gsl_matrix_set(J, i, k, slope * at.gradient()[k * n + i]);
  }
  return GSL_SUCCESS;
}

/// GSL's own error handler ends the process; we look at each status instead.
void switch_off_gsl_abort() {
  static std::once_flag done;
  std::call_once(done, [] { gsl_set_error_handler_off(); });
}

}  // namespace

struct GslMinimiser::Workspace {
  Workspace(std::size_t points, std::size_t parameters) : max_points(points) {
    gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters();
    solver.reset(gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &settings, points, parameters));
    if (!solver) throw std::bad_alloc();
    system.f = residuals;
    system.df = jacobian;
    system.fvv = nullptr;
    system.n = points;
    system.p = parameters;
  }

  struct Free {
    void operator()(gsl_multifit_nlinear_workspace* w) const { gsl_multifit_nlinear_free(w); }
  };
  std::size_t max_points;
  std::unique_ptr<gsl_multifit_nlinear_workspace, Free> solver;
  gsl_multifit_nlinear_fdf system{};
};

GslMinimiser::GslMinimiser(std::size_t max_points, std::size_t parameters) {
  switch_off_gsl_abort();
  workspace_ = std::make_unique<Workspace>(std::max(max_points, parameters), parameters);
}

GslMinimiser::~GslMinimiser() = default;

MinimiserResult GslMinimiser::minimise(const FitProblem& problem, std::span<double> parameters, Evaluation& at) {
  assert(problem.points() <= workspace_->max_points && parameters.size() == workspace_->system.p);
  Evaluated evaluated{problem, at};
  gsl_multifit_nlinear_fdf& system = workspace_->system;
  system.params = &evaluated;
  system.nevalf = system.nevaldf = 0;
  gsl_multifit_nlinear_workspace* const solver = workspace_->solver.get();
  const auto start = gsl_vector_const_view_array(parameters.data(), parameters.size());
  // From a forbidden start the trust region would find some way out; the fast engine does not look for one.
  at.set_plainly(problem, parameters);
  if (!std::isfinite(at.equations().chi2)) return {false, 1};
  gsl_multifit_nlinear_init(&start.vector, &system, solver);

  int reason = 0;
  const int status = gsl_multifit_nlinear_driver(max_iterations, parameter_tolerance, gradient_tolerance, 0.0, nullptr,
                                                 nullptr, &reason, solver);
  bool finite = true;
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    parameters[k] = gsl_vector_get(solver->x, k);
    finite = finite && std::isfinite(parameters[k]);
  }
  at.set_plainly(problem, parameters);
  // GSL_ENOPROG: no step lowers chi2 any more, which is the minimum to the last digit unless it came at the first step.
  const bool at_minimum = status == GSL_SUCCESS || (status == GSL_ENOPROG && gsl_multifit_nlinear_niter(solver) > 0);
  return {finite && at_minimum, static_cast<int>(system.nevalf + system.nevaldf)};
}

}  // namespace velocal
