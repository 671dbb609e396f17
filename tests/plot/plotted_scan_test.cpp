// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/figure/plotted_scan.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "plot/hand_made_scan.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using namespace velocal::test;
using Catch::Matchers::Contains;

TEST_CASE("what there is to be drawn, and what is said when something else is asked for") {
  HandMadeScan scan;
  scan.fit.settings.model = "F1_0";
  PlottedScan view = scan.view();
  CHECK(quantity_names(view) == std::vector<std::string>{"E0", "chi2_ndf", "target", "K", "flux"});
  view.calibration = nullptr;
  CHECK(quantity_names(view) == std::vector<std::string>{"E0", "chi2_ndf", "flux"});
  CHECK_THROWS_WITH(find_quantity(view, "s2"),
                    "N037/warm, model F1_0, has no parameter \"s2\" (there are E0, chi2_ndf, flux)");
  CHECK_THROWS_WITH(find_quantity(view, "chi2_nd"), Contains("Did you mean \"chi2_ndf\"?"));
  CHECK_THROWS_AS(find_quantity(view, "K"), UsageError);
}

TEST_CASE("chi2/ndf and flux of each pixel") {
  HandMadeScan scan;
  scan.fit.pixels.chi2[5] = 30.0;
  scan.fit.pixels.ndf[5] = 20;
  set_pixel(scan.flux, 6, std::vector<std::uint32_t>{4, 0, 5});
  set_pixel(scan.flux, 7, std::vector<std::uint32_t>{1, 0, 0});
  PlottedScan view = scan.view();
  CHECK(find_quantity(view, "chi2_ndf").value[5] == 1.5);
  CHECK(std::isnan(find_quantity(view, "chi2_ndf").value[4]));
  CHECK(find_quantity(view, "flux").value[6] == Approx(0.9));
  CHECK(find_quantity(view, "flux").error[6] == Approx(0.3));
  CHECK(std::isnan(find_quantity(view, "flux").value[5]));  // masked
  view.group = PixelGroup::odd;
  CHECK(std::isnan(find_quantity(view, "flux").value[6]));
  CHECK(find_quantity(view, "flux").value[7] == Approx(0.1));
}
