// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/minimise/newton_descent.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "support/statistics.hpp"
#include "velocal/fit/inference/observed_information.hpp"
#include "velocal/fit/inference/parameter_covariance.hpp"
#include "velocal/model/formula_model.hpp"

namespace velocal::newton_descent_test {

namespace {

/// F = c + t^2 E: the fold t = 0 cannot be crossed, and dF/dt is 0 on it.
struct Fold {
  static constexpr std::string_view name = "fold";
  static constexpr std::array<ModelParameter, 2> parameters{{{"c", "", -1e9, 1e9}, {"t", "", -1e9, 1e9}}};

  template <class Real>
  static Real at(Real threshold, const double* parameters, Real* gradient) {
    const double t = parameters[1];
    gradient[0] = 1.0;
    gradient[1] = threshold * (2.0 * t);
    return threshold * (t * t) + parameters[0];
  }
  static std::array<double, 2> start(const LineShape&) { return {0.0, 1.0}; }
};

}  // namespace

TEST_CASE(
    "Newton's method converges to a minimum where J^T W J knows nothing of a parameter, and the observed information "
    "does") {
  // Mathematics: points on a line that falls, 5 - E/10, are best described by t = 0 and c = their mean, 5. There half
  // of the second derivative of chi2 by t is -2 sum r E = 2 (1/10) sum E^2 = 0.2 * 10 = 2.
  const FormulaModel<Fold> model;
  const std::vector<double> threshold{-2.0, -1.0, 0.0, 1.0, 2.0};
  const std::vector<double> observed{5.2, 5.1, 5.0, 4.9, 4.8};
  const std::vector<double> scale(5, 1.0);
  const FitProblem problem{model, test::statistic("neyman"), threshold, observed, scale};
  std::array<double, 2> parameters{4.9, 0.1};
  Evaluation at(5, 2);
  const MinimiserResult result = newton_descent(problem, parameters, at, 100);
  CHECK(result.converged);
  CHECK(result.evaluations < 30);
  CHECK(parameters[0] == Approx(5.0).epsilon(1e-9));
  CHECK(std::abs(parameters[1]) < 1e-6);
  CHECK(at.equations().chi2 == Approx(0.1).epsilon(1e-9));
  CHECK(at.equations().normal[1][1] < 1e-9);

  parameters[1] = 1e-5;  // differences need some slope for their step
  at.set(problem, parameters);
  const NormalEquations here = at.equations();
  const auto covariance = parameter_covariance(observed_information(problem, parameters, here, at), 2);
  REQUIRE(covariance);
  CHECK((*covariance)(0, 0) == Approx(1.0 / 5.0).epsilon(1e-6));
  CHECK((*covariance)(1, 1) == Approx(1.0 / 2.0).epsilon(1e-6));
}

}  // namespace velocal::newton_descent_test
