// SPDX-License-Identifier: GPL-3.0-or-later
#include <gsl/gsl_blas.h>
#include <gsl/gsl_multifit_nlinear.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <memory>

#include "support/model_formulas.hpp"
#include "support/pixel_cube.hpp"
#include "velocal/fit/fit_scan.hpp"
#include "velocal/fit/minimiser.hpp"

using namespace velocal;

namespace {

constexpr std::size_t pixels = 200;
constexpr double live_time_s = 2e5;  ///< 1e5 counts below the line: the two-width models have one clear minimum

/// Neyman's chi2 of one pixel, from its counts and the formula alone.
struct PixelProblem {
  std::string model;
  std::vector<int> threshold;
  std::vector<double> counts;
  double live_time_s;

  static int residuals(const gsl_vector* x, void* self, gsl_vector* f) {
    const auto& problem = *static_cast<const PixelProblem*>(self);
    const std::vector<long double> parameters(x->data, x->data + x->size);
    for (std::size_t i = 0; i < problem.counts.size(); ++i) {
      const double mu =
          problem.live_time_s * static_cast<double>(test::formula(problem.model, parameters, problem.threshold[i]));
      gsl_vector_set(f, i, (mu - problem.counts[i]) / std::sqrt(problem.counts[i]));
    }
    return GSL_SUCCESS;
  }
};

struct Minimum {
  std::vector<double> parameters;
  double chi2;
};

/// A minimiser that shares nothing with ours: GSL's dogleg with a numeric Jacobian by central differences.
Minimum minimise(PixelProblem problem, const std::vector<double>& start) {
  gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters();
  settings.trs = gsl_multifit_nlinear_trs_dogleg;
  settings.fdtype = GSL_MULTIFIT_NLINEAR_CTRDIFF;
  const std::unique_ptr<gsl_multifit_nlinear_workspace, decltype(&gsl_multifit_nlinear_free)> solver(
      gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &settings, problem.counts.size(), start.size()),
      gsl_multifit_nlinear_free);
  gsl_multifit_nlinear_fdf system{};
  system.f = PixelProblem::residuals;
  system.n = problem.counts.size();
  system.p = start.size();
  system.params = &problem;
  const auto view = gsl_vector_const_view_array(start.data(), start.size());
  gsl_multifit_nlinear_init(&view.vector, &system, solver.get());
  int info = 0;
  gsl_multifit_nlinear_driver(500, 1e-12, 1e-12, 0.0, nullptr, nullptr, &info, solver.get());
  Minimum minimum{{solver->x->data, solver->x->data + start.size()}, 0.0};
  gsl_blas_ddot(solver->f, solver->f, &minimum.chi2);
  return minimum;
}

}  // namespace

TEST_CASE("each model and engine finds the minimum that an independent minimiser finds") {
  const auto& typical = GENERATE(from_range(test::typical_parameters()));
  const std::string engine(GENERATE(from_range(minimiser_names())));
  CAPTURE(typical.model, engine);
  std::mt19937_64 random(1600);
  FluxCube cube = test::masked_cube(test::threshold_range(1480, 1556), live_time_s);
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    test::set_pixel(cube, pixel, test::drawn(test::expected_counts(cube, typical.model, typical.values), random));
  }
  ScanSettings scan;
  std::vector<double> start;
  for (std::size_t k = 0; k < typical.names.size(); ++k) {
    start.push_back(typical.names[k] == "E0" ? typical.values[k] + 1.0 : 1.05 * typical.values[k]);
    scan.initial.emplace_back(typical.names[k], start.back());
  }
  FitSettings settings;
  settings.model = typical.model;
  settings.covariance = Covariance::absolute;
  const PixelFits fits = fit_scan(cube, scan, settings, {PixelGroup::all, engine}).pixels;

  int compared = 0;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    if (!fits.good(pixel)) continue;
    PixelProblem problem{typical.model, cube.threshold, {}, live_time_s};
    for (std::size_t t = 0; t < cube.threshold_count(); ++t) problem.counts.push_back(cube.counts_at(t)[pixel]);
    const Minimum minimum = minimise(problem, start);
    // The Jacobian's error of some 1e-10 leaves the independent minimum that far off; a parameter off by x standard
    // deviations raises chi2 by x^2.
    CAPTURE(pixel);
    REQUIRE(fits.chi2[pixel] == Approx(minimum.chi2).margin(1e-5));
    for (std::size_t k = 0; k < typical.names.size(); ++k) {
      CAPTURE(typical.names[k], fits.parameters[k].value[pixel], fits.parameters[k].error[pixel]);
      REQUIRE(std::abs(fits.parameters[k].value[pixel] - minimum.parameters[k]) <
              1e-3 * fits.parameters[k].error[pixel]);
    }
    ++compared;
  }
  CHECK(compared > 170);
}
