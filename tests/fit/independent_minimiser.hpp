// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gsl/gsl_blas.h>
#include <gsl/gsl_multifit_nlinear.h>

#include <functional>
#include <memory>
#include <vector>

namespace velocal::test {

/// Residual i of a curve at given parameters; what is minimised is the sum of their squares.
using Residual = std::function<long double(const std::vector<long double>& parameters, std::size_t i)>;

struct IndependentMinimum {
  std::vector<double> parameters;
  double chi2;
};

/// A minimiser that shares nothing with ours: GSL's dogleg with a numeric Jacobian by central differences.
inline IndependentMinimum independent_minimum(std::size_t points, const std::vector<double>& start,
                                              const Residual& residual) {
  gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters();
  settings.trs = gsl_multifit_nlinear_trs_dogleg;
  settings.fdtype = GSL_MULTIFIT_NLINEAR_CTRDIFF;
  const std::unique_ptr<gsl_multifit_nlinear_workspace, decltype(&gsl_multifit_nlinear_free)> solver(
      gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &settings, points, start.size()),
      gsl_multifit_nlinear_free);
  Residual copy = residual;
  gsl_multifit_nlinear_fdf system{};
  system.f = [](const gsl_vector* x, void* data, gsl_vector* f) -> int {
    const std::vector<long double> parameters(x->data, x->data + x->size);
    for (std::size_t i = 0; i < f->size; ++i) {
      gsl_vector_set(f, i, static_cast<double>((*static_cast<const Residual*>(data))(parameters, i)));
    }
    return GSL_SUCCESS;
  };
  system.n = points;
  system.p = start.size();
  system.params = &copy;
  const auto view = gsl_vector_const_view_array(start.data(), start.size());
  gsl_multifit_nlinear_init(&view.vector, &system, solver.get());
  int info = 0;
  gsl_multifit_nlinear_driver(500, 1e-12, 1e-12, 0.0, nullptr, nullptr, &info, solver.get());
  IndependentMinimum minimum{{solver->x->data, solver->x->data + start.size()}, 0.0};
  gsl_blas_ddot(solver->f, solver->f, &minimum.chi2);
  return minimum;
}

}  // namespace velocal::test
