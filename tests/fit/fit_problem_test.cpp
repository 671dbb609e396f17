// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/fit_problem.hpp"

#include <catch2/catch.hpp>

#include "likelihood_formula.hpp"
#include "support/statistics.hpp"
#include "velocal/model/model_registry.hpp"

namespace velocal::fit_problem_test {

namespace {

/// One point of a curve.
struct Point {
  std::vector<double> threshold{1548.0};
  std::vector<double> observed;
  std::vector<double> scale;
  double background = 0.0;

  FitProblem problem(std::string_view name) const {
    return {ModelRegistry::instance().get("F1_0"), test::statistic(name), threshold, observed, scale, background};
  }
  double chi2(std::string_view name, double flux) const { return test::statistic(name).term(problem(name), 0, flux); }
  double information(std::string_view name, double flux) const {
    return test::statistic(name).information(problem(name), 0, flux);
  }
};

}  // namespace

TEST_CASE("poisson: the term is the deviance 2 [mu - N + N ln(N/mu)], without loss of digits anywhere") {
  const double counts = GENERATE(0.0, 1.0, 7.0, 1e3, 1e9);
  const Point point{{1548.0}, {counts}, {10.0}};
  // mu from far below N, as one stray hit far above the line has it, through N itself to far above.
  for (const double ratio : {1e-30, 1e-17, 1e-15, 1e-9, 1e-3, 0.5, 1.0 - 1e-5, 1.0 - 1e-9, 1.0, 1.0 + 1e-7, 2.0, 1e6}) {
    const double flux = 0.1 * ratio * (counts > 0.0 ? counts : 1.0);
    const long double mu = 10.0L * flux;
    const auto expected = static_cast<double>(test::deviance(mu, counts));
    CAPTURE(counts, ratio);
    // Half a unit in the last place of mu moves the term by |1 - N/mu| of that.
    const double rounding = 4e-16 * static_cast<double>(std::abs(mu - counts)) + 4e-32 * counts;
    CHECK(point.chi2("poisson", flux) == Approx(expected).epsilon(1e-14).margin(rounding));
  }
}

TEST_CASE("poisson: the background adds to the flux") {
  const Point with{{1548.0}, {5.0}, {10.0}, 0.2};
  const Point without{{1548.0}, {5.0}, {10.0}};
  CHECK(with.chi2("poisson", 0.3) == Approx(without.chi2("poisson", 0.5)).epsilon(1e-14));
  CHECK(with.information("poisson", 0.3) == Approx(10.0 / 0.5).epsilon(1e-14));
}

TEST_CASE("poisson: mu below 0 is forbidden, and mu = 0 where something was counted") {
  const Point hit{{1548.0}, {1.0}, {10.0}};
  const Point no_hit{{1548.0}, {0.0}, {10.0}};
  CHECK(hit.chi2("poisson", -1e-9) == std::numeric_limits<double>::infinity());
  CHECK(no_hit.chi2("poisson", -1e-9) == std::numeric_limits<double>::infinity());
  CHECK(hit.chi2("poisson", 0.0) == std::numeric_limits<double>::infinity());
  CHECK(no_hit.chi2("poisson", 0.0) == 0.0);
  CHECK(hit.chi2("poisson", std::nan("")) == std::numeric_limits<double>::infinity());
}

TEST_CASE("poisson: with a background a billionth of it is the least that is allowed") {
  const Point no_hit{{1548.0}, {0.0}, {10.0}, 2e-6};
  CHECK(test::statistic("poisson").lowest_flux(no_hit.background) == Approx(-2e-6 + 2e-15).epsilon(1e-15));
  CHECK(no_hit.chi2("poisson", -2e-6 + 1e-15) == std::numeric_limits<double>::infinity());
  // 2e-15 of 2e-6 is known to 1e-7 of itself, by the rounding of the flux.
  CHECK(no_hit.chi2("poisson", -2e-6 + 3e-15) == Approx(2.0 * 10.0 * 3e-15).epsilon(1e-6));
}

TEST_CASE("neyman: the term is the square of the residual over its error") {
  const Point point{{1548.0}, {3.0}, {1.0 / 0.5}, 0.2};
  CHECK(point.chi2("neyman", 2.0) == 4.0);  // no background here
  CHECK(point.information("neyman", 2.0) == 4.0);
}

}  // namespace velocal::fit_problem_test
