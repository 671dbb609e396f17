// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers computed by hand, but for the normal quantiles (tables).
#include "velocal/core/sample.hpp"

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

TEST_CASE("sums of the same sample give its mean and error, and NaN without values") {
  SampleSums sums;
  CHECK(std::isnan(sums.mean()));
  CHECK(std::isnan(sums.mean_error()));
  for (const double value : {0.0, 1.0, 1.0, 6.0}) sums.add(value);
  CHECK(sums.mean() == 2.0);
  CHECK(sums.mean_error() == Approx(std::sqrt(5.5) / 2.0).epsilon(1e-15));
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

TEST_CASE("a normal plot sets sorted values against normal quantiles") {
  const NormalPlot plot = normal_plot(std::vector<double>{5.0, 3.0, 4.0});
  CHECK(plot.value == std::vector<double>{3.0, 4.0, 5.0});
  CHECK(plot.normal[0] == Approx(-0.967421566101701).epsilon(1e-12));  // of 1/6
  CHECK(plot.normal[1] == Approx(0.0).margin(1e-15));
  CHECK(plot.normal[2] == Approx(0.967421566101701).epsilon(1e-12));
  CHECK(normal_plot({}).value.empty());
}

TEST_CASE("a normal plot of many values keeps both ends and its density in the tails") {
  std::vector<double> values;
  for (int i = 0; i < 20000; ++i) values.push_back(normal_quantile((i + 0.5) / 20000.0));
  const NormalPlot plot = normal_plot(values, 100);
  CHECK(plot.value.size() > 50);
  CHECK(plot.value.size() <= 101);
  CHECK(plot.value.front() == values.front());
  CHECK(plot.value.back() == values.back());
  for (std::size_t i = 0; i < plot.value.size(); ++i) CHECK(plot.value[i] == Approx(plot.normal[i]).margin(1e-12));
}
