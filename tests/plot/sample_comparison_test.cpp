// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/figure/sample_comparison.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace velocal;

TEST_CASE("the normalised difference is in standard errors of the shares") {
  const Histogram a{{0, 1, 2, 3}, {30.0, 10.0, 0.0}, 10}, b{{0, 1, 2, 3}, {60.0, 40.0, 0.0}, 0};
  const std::vector<double> difference = normalised_difference(a, b);
  // shares 0.6, 0.2 of 50 and 0.6, 0.4 of 100; errors sqrt(30)/50 and so on
  CHECK(difference[0] == Approx(0.0).margin(1e-15));
  CHECK(difference[1] == Approx(-0.2 / std::sqrt(10.0 / 2500.0 + 40.0 / 10000.0)).epsilon(1e-14));
  CHECK(std::isnan(difference[2]));
  CHECK(std::isnan(normalised_difference(a, {{0, 1, 2, 3}, {0, 0, 0}, 0})[0]));
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
