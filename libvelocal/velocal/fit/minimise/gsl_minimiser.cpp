// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/minimise/gsl_minimiser.hpp"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit_nlinear.h>

#include <cassert>
#include <cmath>
#include <mutex>
#include <vector>

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
struct ModelAt {
  const FitProblem* problem = nullptr;
  std::vector<double> flux;
  std::vector<double> gradient;

  std::span<const double> at(const gsl_vector* x) const { return {x->data, x->size}; }
};

/// Points that a problem has fewer than the workspace are rows of zeros, which change nothing.
int residuals(const gsl_vector* x, void* data, gsl_vector* f) {
  auto& evaluation = *static_cast<ModelAt*>(data);
  const FitProblem& problem = *evaluation.problem;
  const std::size_t n = problem.points();
  const auto flux = std::span(evaluation.flux).first(n);
  problem.model.flux(evaluation.at(x), problem.threshold, flux);
  gsl_vector_set_zero(f);
  for (std::size_t i = 0; i < n; ++i) {
    gsl_vector_set(f, i, residual_at(problem, i, flux[i]).value);
  }
  return GSL_SUCCESS;
}

int jacobian(const gsl_vector* x, void* data, gsl_matrix* J) {
  auto& evaluation = *static_cast<ModelAt*>(data);
  const FitProblem& problem = *evaluation.problem;
  const std::size_t n = problem.points();
  const auto flux = std::span(evaluation.flux).first(n);
  problem.model.flux_and_gradient(evaluation.at(x), problem.threshold, flux,
                                  std::span(evaluation.gradient).first(n * x->size));
  gsl_matrix_set_zero(J);
  for (std::size_t i = 0; i < n; ++i) {
    const double slope = residual_at(problem, i, flux[i]).slope;
    for (std::size_t k = 0; k < x->size; ++k) gsl_matrix_set(J, i, k, slope * evaluation.gradient[k * n + i]);
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
    evaluation.flux.resize(points);
    evaluation.gradient.resize(points * parameters);
    system.f = residuals;
    system.df = jacobian;
    system.fvv = nullptr;
    system.n = points;
    system.p = parameters;
    system.params = &evaluation;
  }

  struct Free {
    void operator()(gsl_multifit_nlinear_workspace* w) const { gsl_multifit_nlinear_free(w); }
  };
  std::size_t max_points;
  std::unique_ptr<gsl_multifit_nlinear_workspace, Free> solver;
  ModelAt evaluation;
  gsl_multifit_nlinear_fdf system{};
};

GslMinimiser::GslMinimiser(std::size_t max_points, std::size_t parameters) {
  switch_off_gsl_abort();
  workspace_ = std::make_unique<Workspace>(std::max(max_points, parameters), parameters);
}

GslMinimiser::~GslMinimiser() = default;

MinimiserResult GslMinimiser::minimise(const FitProblem& problem, std::span<double> parameters, Evaluation& at) {
  assert(problem.points() <= workspace_->max_points && parameters.size() == workspace_->system.p);
  workspace_->evaluation.problem = &problem;
  gsl_multifit_nlinear_fdf& system = workspace_->system;
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
