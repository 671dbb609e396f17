// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/chi2_distribution.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "fit/drawn_scan.hpp"
#include "plot/hand_made_scan.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/core/histogram.hpp"
#include "velocal/fit/expected_chi2.hpp"

using namespace velocal;
using namespace velocal::test;

TEST_CASE("with neyman the expectation is the chi-square distribution of each fit's ndf") {
  HandMadeScan scan;
  for (std::size_t i = 0; i < 100; ++i) scan.fit.pixels.ndf[i] = 2;
  for (std::size_t i = 100; i < 150; ++i) scan.fit.pixels.ndf[i] = 4;
  const std::vector<double> edges{0.0, 0.5, 2.0, 1000.0};
  const std::vector<double> expected = expected_chi2(scan.fit, nullptr, edges);
  // cumulative: 1 - exp(-x/2) for two degrees of freedom, 1 - (1 + x/2) exp(-x/2) for four; x = ndf times the edge
  const auto two = [](double edge) { return 1.0 - std::exp(-edge); };
  const auto four = [](double edge) { return 1.0 - (1.0 + 2.0 * edge) * std::exp(-2.0 * edge); };
  REQUIRE(expected.size() == 3);
  CHECK(expected[0] == Approx(100.0 * two(0.5) + 50.0 * four(0.5)).epsilon(1e-12));
  CHECK(expected[1] == Approx(100.0 * (two(2.0) - two(0.5)) + 50.0 * (four(2.0) - four(0.5))).epsilon(1e-12));
  CHECK(expected[0] + expected[1] + expected[2] == Approx(150.0).epsilon(1e-12));
}

// Independent: a thousand pixels drawn from known truth and fitted. At these counts chi2/ndf is far from the chi-square
// distribution, with a mean of 0.7.
TEST_CASE("with poisson the expectation describes fits of pixels that follow the model") {
  DrawnScan drawn = draw_scan(1000, 262.1, 5);
  set_asic_curve(drawn.cube);
  FitSettings settings = poisson_settings();
  settings.background = drawn_background;
  const ScanFit fit = fit_scan(drawn.cube, one_line_scan(), settings, {});
  const PlottedScan view{.title = "x", .label = "warm", .flux = &drawn.cube, .fit = &fit};
  const std::vector<double> values = finite_values(find_quantity(view, "chi2_ndf").value.values());
  const Moments found = moments(values);
  const Histogram fine = histogram(values, {0.0, 3.0}, 300);
  const std::vector<double> expected = expected_chi2(fit, &drawn.cube, fine.edges);
  double count = 0.0, mean = 0.0, square = 0.0;
  for (std::size_t bin = 0; bin < expected.size(); ++bin) {
    const double centre = 0.5 * (fine.edges[bin] + fine.edges[bin + 1]);
    count += expected[bin];
    mean += expected[bin] * centre;
    square += expected[bin] * centre * centre;
  }
  mean /= count;
  const double width = std::sqrt(square / count - mean * mean);
  CHECK(count == Approx(static_cast<double>(values.size())).epsilon(1e-3));
  CHECK(found.mean < 0.9);
  CHECK(mean == Approx(found.mean).margin(5.0 * found.mean_error));  // five times the scatter of the mean
  CHECK(width == Approx(found.standard_deviation).epsilon(0.12));    // 5/sqrt(2 x 1000)
}

TEST_CASE("with poisson and without the flux there is no expectation") {
  HandMadeScan scan;
  scan.fit.settings.statistic = "poisson";
  CHECK(expected_chi2(scan.fit, nullptr, std::vector<double>{0.0, 1.0}).empty());
}

TEST_CASE("the panel has all fits that converged, the good ones, and the expectation") {
  HandMadeScan scan;
  for (std::size_t i = 0; i < 40; ++i) {
    scan.fit.pixels.ndf[i] = 10;
    scan.fit.pixels.chi2[i] = 5.0 + static_cast<double>(i) / 4.0;
    if (i < 30) set_good(scan.fit, i, {1550.0, 1.0});
  }
  const PlottedScan view = scan.view();
  const Figure figure;
  Panel placed;
  const Panel panel = chi2_panel(view, figure, placed);
  const auto bins = drawn<Bins>(panel);
  REQUIRE(bins.size() == 2);
  double all = 0.0, good = 0.0;
  for (const double content : bins[0].contents) all += content;
  for (const double content : bins[1].contents) good += content;
  CHECK(all == 40.0);
  CHECK(good == 30.0);
  CHECK(drawn<Curve>(panel).size() == 1);
  CHECK(panel.x.label == "χ²/ndf");
}
