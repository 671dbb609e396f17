// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers computed by hand, but for the normal quantiles (tables).
#include "velocal/plot/figure/sample.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "velocal/core/uncertain.hpp"

using namespace velocal;

TEST_CASE("quantiles lie between neighbours") {
  const std::vector<double> values{4.0, 1.0, 3.0, 2.0};  // ranks 0...3
  CHECK(quantile(values, 0.0) == 1.0);
  CHECK(quantile(values, 1.0) == 4.0);
  CHECK(quantile(values, 0.5) == 2.5);
  CHECK(quantile(values, 0.25) == 1.75);  // rank 0.75
  CHECK(quantile(std::vector<double>{7.0}, 0.3) == 7.0);
  CHECK(std::isnan(quantile({}, 0.5)));
  CHECK(values.front() == 4.0);
}

TEST_CASE("normal quantiles are those of the tables") {
  CHECK(normal_quantile(0.5) == Approx(0.0).margin(1e-15));
  CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-14));
  CHECK(normal_quantile(0.001) == Approx(-3.090232306167813).epsilon(1e-14));
}

TEST_CASE("moments of a skewed sample") {
  // deviations from the mean 2: -2, -1, -1, 4; squares 4 1 1 16, cubes -8 -1 -1 64, fourths 16 1 1 256
  const Moments found = moments(std::vector<double>{0.0, 1.0, 1.0, 6.0});
  CHECK(found.count == 4);
  CHECK(found.mean == 2.0);
  CHECK(found.standard_deviation == Approx(std::sqrt(5.5)).epsilon(1e-15));
  CHECK(found.mean_error == Approx(std::sqrt(5.5) / 2.0).epsilon(1e-15));
  CHECK(found.skewness == Approx(13.5 / std::pow(5.5, 1.5)).epsilon(1e-14));
  CHECK(found.kurtosis == Approx(68.5 / (5.5 * 5.5) - 3.0).epsilon(1e-14));
}

TEST_CASE("moments that are not defined are NaN") {
  CHECK(std::isnan(moments({}).mean));
  const Moments one = moments(std::vector<double>{3.0, 3.0});
  CHECK(one.mean == 3.0);
  CHECK(one.standard_deviation == 0.0);
  CHECK(std::isnan(one.skewness));
  CHECK(std::isnan(one.kurtosis));
}

TEST_CASE("what is not finite takes no part") {
  const double infinite = std::numeric_limits<double>::infinity();
  CHECK(finite_values(std::vector<double>{1.0, undefined, 2.0, infinite, -infinite}) == std::vector<double>{1.0, 2.0});
}

TEST_CASE("a robust range does not follow values far out, nor go beyond the values") {
  std::vector<double> values;
  for (int i = 0; i <= 100; ++i) values.push_back(i);
  // quantiles at -1 and +1 sigma: 15.8655 and 84.1345, so half their distance is 34.1345; 50 - 5 times that is below 0
  CHECK(robust_range(values).from == 0.0);
  CHECK(robust_range(values).to == 100.0);
  CHECK(robust_range(values, 1.0).from == Approx(15.865525393).epsilon(1e-9));
  CHECK(robust_range(values, 1.0).to == Approx(84.134474607).epsilon(1e-9));
  values.back() = 1e9;
  CHECK(robust_range(values).to == Approx(50.0 + 5.0 * 34.134474607).epsilon(1e-9));
}

TEST_CASE("the central range leaves out as much at either end") {
  std::vector<double> values;
  for (int i = 200; i >= 0; --i) values.push_back(i);
  CHECK(central_range(values, 0.98).from == Approx(2.0));
  CHECK(central_range(values, 0.98).to == Approx(198.0));
  CHECK(central_range(values, 1.0).to == 200.0);
}

TEST_CASE("ranges of nothing and of one value have a length") {
  CHECK(central_range({}).to - central_range({}).from == 1.0);
  for (const double value : {0.0, 13.0, -2.0}) {
    const std::vector<double> same(5, value);
    CHECK(robust_range(same).from < value);
    CHECK(robust_range(same).to > value);
    CHECK(central_range(same).from < value);
  }
}

TEST_CASE("round steps are 1, 2 or 5 times a power of ten") {
  CHECK(round_step(1.0) == 1.0);
  CHECK(round_step(1.1) == 2.0);
  CHECK(round_step(3.0) == 5.0);
  CHECK(round_step(7.0) == 10.0);
  CHECK(round_step(0.012) == Approx(0.02));
  CHECK(round_step(1e-7) == Approx(1e-7));
}

TEST_CASE("a bin holds its lower edge, the last one both, and the rest is counted apart") {
  const std::vector<double> values{0.0, 0.99, 1.0, 2.5, 4.0, 4.1, -0.1, undefined};
  const Histogram bins = histogram(values, {0.0, 4.0}, 4);
  CHECK(bins.edges == std::vector<double>{0.0, 1.0, 2.0, 3.0, 4.0});
  CHECK(bins.contents == std::vector<double>{2.0, 1.0, 1.0, 1.0});
  CHECK(bins.outside == 3);
  CHECK(bins.highest() == 2.0);
  CHECK(bins.width() == 1.0);
}

TEST_CASE("bins chosen for a sample are round, cover its robust range, and are not too many") {
  std::vector<double> values;
  for (int i = 0; i < 10000; ++i) values.push_back(normal_quantile((i + 0.5) / 10000.0));
  const Histogram bins = histogram(values);
  // IQR 1.349, 2 IQR/cbrt(10000) = 0.125; the range -3.89...3.89 over 100 bins is less: 0.2
  CHECK(bins.width() == Approx(0.2));
  CHECK(bins.edges.front() == Approx(-4.0));
  CHECK(bins.edges.back() == Approx(4.0));
  CHECK(bins.outside == 0);
  double sum = 0.0;
  for (const double content : bins.contents) sum += content;
  CHECK(sum == 10000.0);

  values.resize(20);
  CHECK(histogram(values).contents.size() < 12);  // few values, wide bins
  CHECK(histogram({}).contents.size() >= 1);
  CHECK(histogram(std::vector<double>(7, 12.5)).highest() == 7.0);
}
