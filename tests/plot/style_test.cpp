// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/figure/style.hpp"

#include <catch2/catch.hpp>

using namespace velocal;

TEST_CASE("a value is given to the second digit of its error") {
  CHECK(style::measured({12.9321, 0.0044}) == "12.9321 ± 0.0044");
  CHECK(style::measured({124.0405, 5.5}) == "124.0 ± 5.5");
  CHECK(style::measured({1598.9, 47.7}) == "1599 ± 48");
  CHECK(style::measured({0.00054, 0.000012}) == "0.000540 ± 0.000012");
  CHECK(style::measured({0.00026254, 2.7e-8}) == "2.625e-04 ± 2.7e-08");
  CHECK(style::measured({12.93214, undefined}) == "12.932");
  CHECK(style::measured({12.93214, 0.0}) == "12.932");
  CHECK(style::measured({}) == "undefined");
  CHECK(style::measured({}, "DAC") == "undefined");
  CHECK(style::measured({12.9, 0.7}, "e-/DAC") == "12.90 ± 0.70 e⁻/DAC");
}

TEST_CASE("labels carry their unit in brackets") {
  CHECK(style::axis_label("K", "e-/DAC") == "K [e⁻/DAC]");
  CHECK(style::axis_label("χ²/ndf", "") == "χ²/ndf");
  CHECK(style::bin_label(0.2, "e-/DAC") == "pixels / 0.2 e⁻/DAC");
  CHECK(style::bin_label(0.05, "") == "pixels / 0.05");
  CHECK(style::percent(1.0, 8.0) == "12.50 %");
  CHECK(style::percent(0.0, 0.0) == "no pixels");
}

TEST_CASE("ticks of an axis are few, round and short") {
  const auto labels = [](const Axis& axis) {
    std::vector<std::string> texts;
    for (const Tick& tick : axis.ticks) texts.push_back(tick.label);
    return texts;
  };
  const Axis pulls = style::round_axis("Pull", "", -3.45, 3.45, 6);
  CHECK(pulls.label == "Pull");
  CHECK(labels(pulls) == std::vector<std::string>{"-2", "0", "2"});
  const Axis small = style::round_axis("Residual", "hits/s", -0.00034, 0.00034, 6);
  CHECK(small.label == "Residual [10⁻³ hits/s]");
  CHECK(labels(small) == std::vector<std::string>{"-0.2", "0", "0.2"});
  CHECK(small.ticks[0].at == Approx(-0.0002));
  CHECK(style::round_axis("Ratio", "", 0.0, 4e-9).label == "Ratio [10⁻⁹]");
  CHECK(style::round_axis("Flux", "hits/s", 0.0, 2e6).label == "Flux [10³ hits/s]");
}

TEST_CASE("warm is orange, cold is blue, neighbours differ") {
  CHECK(style::scan_colour("warm") == style::orange);
  CHECK(style::scan_colour("cold2") == style::blue);
  CHECK(style::scan_colour("x", 0) != style::scan_colour("y", 1));
  CHECK(style::lighter("#000000", 0.5) == "#808080");
  CHECK(style::lighter("#d55e00", 0.0) == "#d55e00");
}

TEST_CASE("panels of a grid neither overlap nor leave the figure") {
  const Figure figure{.width = 600.0, .height = 440.0, .title = {}, .subtitle = {}};
  Panel first, right, below;
  style::place(first, figure, {0, 0}, {2, 2});
  style::place(right, figure, {0, 1}, {2, 2});
  style::place(below, figure, {1, 0}, {2, 2});
  CHECK(first.left > 0.0);
  CHECK(first.right < right.left);
  CHECK(right.right < 1.0);
  CHECK(first.top < 1.0 - style::title_height / figure.height);
  CHECK(first.bottom > below.top);
  CHECK(below.bottom > 0.0);
}

TEST_CASE("a legend has room above what is drawn") {
  const Figure figure{.width = 400.0, .height = 340.0, .title = {}, .subtitle = {}};
  Panel panel;
  style::place(panel, figure, {0, 0}, {1, 1});
  panel.layers = {{VerticalLine{1.0, {}}, {"one", "two"}}};
  style::leave_room(panel, figure, 100.0);
  // 340 - 40 - 44 - 22 = 234 points high, of which the two lines take 2 x 14.5 + 14
  CHECK(panel.y.to == Approx(100.0 / (1.0 - 43.0 / 234.0)));
  CHECK(std::get<VerticalLine>(panel.layers[0].drawn).height == Approx(1.0 - 43.0 / 234.0));
}
