// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/histogram.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace velocal;

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

TEST_CASE("the normalised difference is in standard errors of the shares") {
  const Histogram a{{0, 1, 2, 3}, {30.0, 10.0, 0.0}, 10}, b{{0, 1, 2, 3}, {60.0, 40.0, 0.0}, 0};
  const std::vector<double> difference = normalised_difference(a, b);
  // shares 0.6, 0.2 of 50 and 0.6, 0.4 of 100; errors sqrt(30)/50 and so on
  CHECK(difference[0] == Approx(0.0).margin(1e-15));
  CHECK(difference[1] == Approx(-0.2 / std::sqrt(10.0 / 2500.0 + 40.0 / 10000.0)).epsilon(1e-14));
  CHECK(std::isnan(difference[2]));
  CHECK(std::isnan(normalised_difference(a, {{0, 1, 2, 3}, {0, 0, 0}, 0})[0]));
}
