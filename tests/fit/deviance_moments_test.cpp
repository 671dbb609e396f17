// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/fit/problem/deviance_moments.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

namespace velocal::deviance_moments_test {

namespace {

/// Cumulants as long double sums over N = 0, 1, ..., the probabilities from one another by P(N + 1) = P(N) mu/(N + 1).
struct Sums {
  explicit Sums(long double mu) {
    std::vector<long double> probability, deviance;
    long double p = std::exp(-mu);
    for (long double n = 0.0L; n < mu + 40.0L * std::sqrt(mu) + 80.0L; n += 1.0L) {
      probability.push_back(p);
      deviance.push_back(2.0L * (mu - n) + (n > 0.0L ? 2.0L * n * std::log(n / mu) : 0.0L));
      mean += p * deviance.back();
      p *= mu / (n + 1.0L);
    }
    for (std::size_t n = 0; n < probability.size(); ++n) {
      const long double d = deviance[n] - mean;
      variance += probability[n] * d * d;
      third += probability[n] * d * d * d;
      covariance += probability[n] * d * (static_cast<long double>(n) - mu);
    }
  }
  long double mean = 0.0L, variance = 0.0L, third = 0.0L, covariance = 0.0L;
};

void check_close(const DevianceCumulants& ours, const Sums& sums, double relative, double absolute) {
  const auto near = [&](long double x) { return Approx(static_cast<double>(x)).epsilon(relative).margin(absolute); };
  CHECK(ours.mean == near(sums.mean));
  CHECK(ours.variance == near(sums.variance));
  CHECK(ours.third == near(sums.third));
  CHECK(ours.covariance_with_count == near(sums.covariance));
}

}  // namespace

TEST_CASE("cumulants of the deviance agree with sums in long double") {
  // Rounding: lgamma(N + 1) of up to 6000 in double makes probabilities wrong by 1e-12 of themselves.
  for (const double mu : {1e-7, 1e-4, 0.01, 0.3, 1.0, 2.5, 10.0, 77.7, 500.0, 1000.0}) {
    CAPTURE(mu);
    check_close(deviance_cumulants(mu), Sums(mu), 1e-10, 1e-11);
  }
}

TEST_CASE("cumulants by hand at small mu: only N = 0 and N = 1 occur") {
  // Mathematics: D(0) = 2 mu, D(1) = 2 (mu - 1 - ln mu), P(1) = mu to first order; N = 2 adds mu^2.
  const double mu = 1e-7;
  const double one = 2.0 * (mu - 1.0 - std::log(mu));
  const DevianceCumulants at = deviance_cumulants(mu);
  CHECK(at.mean == Approx(2.0 * mu + mu * one).epsilon(1e-5));
  CHECK(at.variance == Approx(mu * one * one).epsilon(1e-5));
  CHECK(at.third == Approx(mu * one * one * one).epsilon(1e-5));
  CHECK(at.covariance_with_count == Approx(mu * one).epsilon(1e-5));
}

TEST_CASE("at large mu the cumulants go to those of chi-square as Bartlett's factor 1 + 1/(6 mu) says") {
  // Mathematics: a likelihood ratio over its Bartlett factor has the cumulants of chi-square but for terms of 1/mu^2,
  // here 1, 2, 8; and cov(D, N) = mu dE/dmu = -1/(6 mu).
  const double mu = GENERATE(100.0, 300.0, 1000.0);
  CAPTURE(mu);
  const DevianceCumulants at = deviance_cumulants(mu);
  const double bartlett = 1.0 + 1.0 / (6.0 * mu);
  const double second_order = 1.0 / (mu * mu);
  CHECK(at.mean == Approx(bartlett).margin(0.5 * second_order));
  CHECK(at.variance == Approx(2.0 * bartlett * bartlett).margin(2.0 * second_order));
  CHECK(at.third == Approx(8.0 * bartlett * bartlett * bartlett).margin(15.0 * second_order));
  CHECK(at.covariance_with_count == Approx(-1.0 / (6.0 * mu)).margin(0.5 * second_order));
}

TEST_CASE("the covariance of deviance and count is mu dE/dmu") {
  // Mathematics: the derivative by mu of the distribution is (N - mu)/mu of it, and dD/dmu has expectation 0. The
  // derivative is numeric, by five points in long double.
  for (const double mu : {1e-5, 0.02, 0.7, 3.0, 42.0, 600.0}) {
    CAPTURE(mu);
    const long double h = 1e-3L * mu;
    const auto mean = [&](int steps) { return Sums(mu + steps * h).mean; };
    const long double slope = (8.0L * (mean(1) - mean(-1)) - (mean(2) - mean(-2))) / (12.0L * h);
    CHECK(deviance_cumulants(mu).covariance_with_count ==
          Approx(static_cast<double>(mu * slope)).epsilon(1e-8).margin(1e-11));
  }
}

TEST_CASE("the table gives the cumulants within 1e-4 of chi-square's 1, 2, 8, at its nodes, between and beyond") {
  const DevianceTable& table = DevianceTable::instance();
  double worst = 0.0;
  double where = 0.0;
  // 0.0137 in ln(mu): incommensurable with the table's own step, so all places between nodes are met.
  for (double x = std::log(6e-8); x<std::log(3e4); x += x> std::log(500.0) ? 0.137 : 0.0137) {
    const double mu = std::exp(x);
    const DevianceCumulants exact = deviance_cumulants(mu);
    const DevianceCumulants ours = table.at(mu);
    for (const double difference :
         {ours.mean - exact.mean, (ours.variance - exact.variance) / 2.0, (ours.third - exact.third) / 8.0,
          ours.covariance_with_count - exact.covariance_with_count}) {
      if (std::abs(difference) <= worst) continue;
      worst = std::abs(difference);
      where = mu;
    }
  }
  CAPTURE(where);
  CHECK(worst < 1e-4);
}

TEST_CASE("the table at its ends: nothing below, chi-square at infinity") {
  const DevianceTable& table = DevianceTable::instance();
  for (const double mu : {0.0, 5.9e-8, -1.0, std::nan("")}) {
    const DevianceCumulants at = table.at(mu);
    CHECK((at.mean == 0.0 && at.variance == 0.0 && at.third == 0.0 && at.covariance_with_count == 0.0));
  }
  const DevianceCumulants at = table.at(1e12);
  CHECK(at.mean == Approx(1.0).epsilon(1e-12));
  CHECK(at.variance == Approx(2.0).epsilon(1e-12));
  CHECK(at.third == Approx(8.0).epsilon(1e-11));
  CHECK(at.covariance_with_count == Approx(0.0).margin(1e-12));
}

}  // namespace velocal::deviance_moments_test
