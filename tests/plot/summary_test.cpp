// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/summary.hpp"

#include <catch2/catch.hpp>

#include "plot/hand_made_scan.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/core/error.hpp"
#include "velocal/plot/kinds/energy_summary.hpp"
#include "velocal/plot/kinds/gain_summary.hpp"
#include "velocal/plot/kinds/pixel_summary.hpp"

using namespace velocal;
using namespace velocal::test;

namespace {

Calibration with_gain(Uncertain mean, Uncertain asic) {
  Calibration calibration;
  calibration.gain_means = {.pixels = 400, .mean = mean.value, .standard_deviation = 0.5, .mean_error = mean.error};
  calibration.target_means = {.pixels = 400, .mean = 1600.0 / mean.value, .mean_error = 0.25};
  calibration.asic.gain = asic;
  calibration.statuses = {.good = 600, .bad = 100, .not_found = 200, .cut = 64636, .masked = 64536, .outside = 0};
  return calibration;
}

PlottedScan row(const char* dataset, const char* label, const Calibration& calibration) {
  return {.title = {},
          .dataset = dataset,
          .label = label,
          .source = photon_source(reference_source()),
          .calibration = &calibration};
}

}  // namespace

TEST_CASE("gains of variants, the first of each label being the reference") {
  const Calibration reference = with_gain({12.5, 0.25}, {12.0, 0.5}), variant = with_gain({12.75, 0.25}, {});
  const Calibration cold = with_gain({13.0, 0.25}, {13.0, 0.5});
  const SummaryPicture picture =
      gain_summary({row("one", "warm", reference), row("one", "cold", cold), row("two", "warm", variant)});
  const Panel& panel = picture.figure.panels[0];
  REQUIRE(panel.y.ticks.size() == 3);
  CHECK(panel.y.ticks[0].label == "one/warm");
  CHECK(panel.y.ticks[1].label == "two/warm");  // by label
  CHECK(panel.y.ticks[2].label == "one/cold");
  const auto points = drawn<Points>(panel);
  REQUIRE(points.size() == 3);
  CHECK(points[0].x == std::vector<double>{12.5, 12.75, 13.0});
  CHECK(points[0].x_low[0] == 12.25);
  CHECK(points[1].x == std::vector<double>{12.0, 13.0});  // undefined ones are left out
  CHECK(points[2].x.empty());
  const auto bands = drawn<Band>(panel);
  REQUIRE(bands.size() == 2);  // design; warm, which alone has a variant
  CHECK(bands[0].x[0] == Approx(14.94).margin(0.01));
  CHECK(bands[1].x == std::vector<double>{12.25, 12.75});
  CHECK(panel.x.from < 11.5);
  CHECK(panel.x.to > 15.96);
  CHECK(picture.table.starts_with("dataset,label,pixels,K_mean,"));
  CHECK(picture.table.find("\none,warm,400,12.5,0.25,12,0.5,nan,nan,0,0.25,") != std::string::npos);
  CHECK(picture.table.find("\ntwo,warm,400,12.75,0.25,nan,nan,nan,nan,0.25,0.25,") != std::string::npos);
  CHECK(picture.table.find("\none,cold,400,13,0.25,13,0.5,nan,nan,0,nan,") != std::string::npos);
}

TEST_CASE("an error far longer than all values does not set the axis of the gains") {
  const Calibration one = with_gain({12.5, 0.25}, {12.0, 5000.0}), two = with_gain({12.75, 0.25}, {});
  const Panel panel = gain_summary({row("one", "warm", one), row("two", "warm", two)}).figure.panels[0];
  CHECK(panel.x.from > 8.0);
  CHECK(panel.x.to < 20.0);
}

TEST_CASE("the distances of many labels from the design fit above the picture") {
  const Calibration one = with_gain({12.5, 0.25}, {}), two = with_gain({13.5, 0.25}, {});
  const auto subtitle = [](const SummaryRows& rows) { return gain_summary(rows).figure.subtitle; };
  CHECK(subtitle({row("a", "b", one), row("a", "c", two)}) ==
        "b: -5.2 standard deviations from the design; c: -3.4 standard deviations from the design");
  CHECK(subtitle({row("a", "b", one), row("a", "c", two), row("a", "d", one)}) ==
        "-5.2 to -3.4 standard deviations from the design");
}

TEST_CASE("shares of the live pixels add up") {
  const Calibration calibration = with_gain({12.5, 0.25}, {});
  const SummaryPicture picture = pixel_summary({row("one", "warm", calibration)});
  CHECK(picture.table == "dataset,label,live,good,bad,not_found,cut,good_percent\none,warm,1000,600,100,200,100,60\n");
  const auto bands = drawn<Band>(picture.figure.panels[0]);
  REQUIRE(bands.size() == 4);
  CHECK(bands[0].x == std::vector<double>{0.0, 60.0});
  CHECK(bands[3].x[1] == Approx(100.0));
}

TEST_CASE("photon energy against target, with the systematic uncertainty in the bars") {
  const Calibration reference = with_gain({12.5, 0.25}, {}), variant = with_gain({12.8, 0.25}, {});  // 128 and 125 DAC
  const SummaryPicture picture = energy_summary({row("one", "warm", reference), row("two", "warm", variant)});
  const Panel& panel = picture.figure.panels[0];
  const auto points = drawn<Points>(panel);
  REQUIRE(points.size() == 2);
  CHECK(points[0].x[0] == 128.0);
  CHECK(points[0].y[0] == 5900.0);
  CHECK(points[0].x_high[0] - points[0].x[0] == Approx(std::hypot(0.25, 3.0)));
  CHECK(points[0].y_high[0] - points[0].y[0] == Approx(5900.0 * 0.11 / 3.69));
  // zoomed to the points and the design; the legend lies beside
  CHECK(panel.x.from > 100.0);
  CHECK(panel.x.to < 150.0);
  CHECK(panel.y.from > 5000.0);
  CHECK(panel.y.to < 9000.0);
  CHECK(legend_of(panel).empty());
  REQUIRE(picture.figure.panels.size() == 2);
  CHECK(legend_of(picture.figure.panels[1]).size() == 3);
  CHECK(points[0].marker != points[1].marker);  // of one colour
  // the design: 15.447 electrons a DAC of 3.69 eV each
  const auto lines = drawn<Curve>(panel);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].y[1] / lines[0].x[1] == Approx(3.69 * 0.38 / 24.6e-3).epsilon(1e-9));
  CHECK(panel.right_axis.to == Approx(panel.y.to / 3.69));
  CHECK(picture.table.find("\none,warm,128,0.25,3,") != std::string::npos);
}

TEST_CASE("results without a single good pixel make pictures, too") {
  const Calibration empty;
  for (auto* draw : {gain_summary, pixel_summary, energy_summary}) {
    const SummaryPicture picture = draw({row("one", "warm", empty)});
    CHECK(!picture.figure.panels.empty());
    CHECK(picture.figure.panels[0].x.to > picture.figure.panels[0].x.from);
    CHECK(picture.table.find("\none,warm,") != std::string::npos);
  }
}

TEST_CASE("a row without a source is not drawn at a photon energy, and counted") {
  const Calibration calibration = with_gain({12.5, 0.25}, {});
  PlottedScan collected = row("old", "warm", calibration);
  collected.source = {};
  const Picture energy = summary_pictures({row("one", "warm", calibration), collected}, {.parameters = {"energy"}})[0];
  CHECK(drawn<Points>(energy.draw().panels[0]).size() == 1);
  CHECK(energy.table().find("\nold,") == std::string::npos);
  CHECK(energy.draw().subtitle.ends_with("; 1 of 2 rows left out: the table does not tell their source"));
  CHECK(summary_pictures({collected}, {}).size() == 2);
  CHECK_THROWS_WITH(
      summary_pictures({collected}, {.parameters = {"energy"}}),
      "there is no summary of the energy (a results collection does not tell their source). Ask for gain");
}

TEST_CASE("the summaries are all there are, or those asked for, each with its table") {
  const Calibration calibration = with_gain({12.5, 0.25}, {});
  std::vector<PlottedScan> scans{row("one", "warm", calibration)};
  const std::vector<Picture> all = summary_pictures(scans, {});
  REQUIRE(all.size() == 3);
  CHECK(all[0].name == "summary-gain");
  CHECK(all[1].name == "summary-pixels");
  CHECK(all[2].name == "summary-energy");
  CHECK(all[1].table() == pixel_summary(scans).table);
  scans[0].group = PixelGroup::even;
  const std::vector<Picture> one = summary_pictures(scans, {.parameters = {"energy"}});
  REQUIRE(one.size() == 1);
  CHECK(one[0].name == "summary-energy-even");
  CHECK_THROWS_AS(check_summary_request({.parameters = {"K"}}), UsageError);
}
