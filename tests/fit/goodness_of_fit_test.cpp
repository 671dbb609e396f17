// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/inference/goodness_of_fit.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/statistics.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::goodness_of_fit_test {

namespace {

bool accepted(double significance, double chi2, int ndf) {
  const FluxModel& model = ModelRegistry::instance().get("F1_0");
  const FitProblem neyman{model, test::statistic("neyman"), {}, {}, {}};
  return GoodnessOfFit(significance, 200).accepts(neyman, {{}, {}, ParameterCovariance()}, chi2, ndf);
}

}  // namespace

TEST_CASE("neyman: good is 0 < chi2 < the quantile of the chi-square distribution") {
  // Quantiles from printed tables: 0.95 at 1, 10, 100 degrees of freedom; 0.99 at 10.
  CHECK(accepted(0.05, 3.841458, 1));
  CHECK_FALSE(accepted(0.05, 3.841459, 1));
  CHECK(accepted(0.05, 18.307038, 10));
  CHECK_FALSE(accepted(0.05, 18.307039, 10));
  CHECK(accepted(0.05, 124.342113, 100));
  CHECK_FALSE(accepted(0.05, 124.342114, 100));
  CHECK(accepted(0.01, 23.209251, 10));
  CHECK_FALSE(accepted(0.01, 23.209252, 10));
  CHECK(accepted(0.05, 1e-12, 10));
  CHECK_FALSE(accepted(0.05, 0.0, 10));
  CHECK_FALSE(accepted(0.05, std::nan(""), 10));
}

TEST_CASE("neyman: without degrees of freedom nothing is good") {
  CHECK_FALSE(accepted(0.05, 0.0, 0));
  CHECK_FALSE(accepted(0.05, 1e-12, 0));
}

}  // namespace velocal::goodness_of_fit_test
