// SPDX-License-Identifier: GPL-3.0-or-later
// What gnuplot is told, without gnuplot.
#include "velocal/plot/gnuplot/gnuplot_script.hpp"

#include <catch2/catch.hpp>
#include <cstring>

#include "velocal/plot/gnuplot/render.hpp"

using namespace velocal;
using Catch::Matchers::Contains;

namespace {

Figure figure_of(std::vector<Layer> layers, const std::string& title = "title") {
  Figure figure{.title = title, .subtitle = {}};
  Panel panel{.left = 0.1, .right = 0.9, .bottom = 0.1, .top = 0.8};
  panel.layers = std::move(layers);
  figure.panels.push_back(std::move(panel));
  return figure;
}

/// What render() gives to gnuplot.
std::string gnuplot_input(const Figure& figure, PictureFormat format) {
  GnuplotData between_the_commands;
  return gnuplot_commands(figure, format, "", between_the_commands);
}

std::vector<double> numbers(const std::string& bytes) {
  std::vector<double> values(bytes.size() / sizeof(double));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

}  // namespace

TEST_CASE("the data of a script are the numbers drawn, each element's after the other") {
  const Figure figure = figure_of({{Curve{{1.0, 2.0}, {3.0, 4.0}, {}}}, {Curve{{5.0}, {undefined}, {}}}});
  const PictureScript script = picture_script(figure, PictureFormat::svg, "name");
  const std::vector<double> data = numbers(script.data);
  REQUIRE(data.size() == 6);
  CHECK(std::vector<double>(data.begin(), data.begin() + 5) == std::vector<double>{1.0, 3.0, 2.0, 4.0, 5.0});
  CHECK(std::isnan(data[5]));
  CHECK_THAT(script.commands, Contains("set output 'name.svg'"));
  CHECK_THAT(script.commands, Contains("'name.dat' binary skip=0 record=(2) format='%float64%float64'"));
  CHECK_THAT(script.commands, Contains("'name.dat' binary skip=32 record=(1)"));
}

TEST_CASE("in a pipe the data follow the command that names them") {
  const std::string input = gnuplot_input(figure_of({{Curve{{1.0}, {2.0}, {}}}}), PictureFormat::png);
  const auto command = input.find("plot [] []");
  REQUIRE(command != std::string::npos);
  const auto end = input.find('\n', command);
  const std::vector<double> data = numbers(input.substr(end + 1, 16));
  CHECK(data == std::vector<double>{1.0, 2.0});
  CHECK(input.substr(end + 17, 15) == "unset multiplot");
  CHECK_THAT(input, Contains("'-' binary record=(1)") && !Contains("set output 'name"));
}

TEST_CASE("no text can break out of its quotes") {
  const std::string nasty = "it's `ls` \"x\"\n!touch /tmp/x\\ %d";
  const std::string input = gnuplot_input(figure_of({{Swatch{"#000000"}, {nasty}}}, nasty), PictureFormat::png);
  CHECK_THAT(input, Contains("set label 1 'it''s `ls` \"x\" !touch /tmp/x\\ %d' at"));
  CHECK_THAT(input, Contains("title 'it''s `ls` \"x\" !touch /tmp/x\\ %d'"));
}

// gnuplot 5.4 takes these texts for formats, and no others: it was tried with titles, labels of axes and legends.
TEST_CASE("a percent sign is doubled in the texts at ticks, and nowhere else") {
  Figure figure = figure_of({{Swatch{"#000000"}, {"5 %d"}}}, "5 %d");
  figure.panels[0].x.label = "5 %d";
  figure.panels[0].y.ticks = {{0.0, "100%/warm"}};
  const std::string input = gnuplot_input(figure, PictureFormat::png);
  CHECK_THAT(input, Contains("set ytics ('100%%/warm' 0)") && Contains("title '5 %d'") && Contains("xlabel '5 %d'") &&
                        Contains("set label 1 '5 %d'"));
}

TEST_CASE("a vertical line beyond the axis is not drawn") {
  const auto input = [](double at) {
    return gnuplot_input(figure_of({{VerticalLine{at, {}}, {"at"}}}), PictureFormat::png);
  };
  CHECK_THAT(input(0.5), Contains("set arrow") && Contains("title 'at'"));
  for (const double at : {-0.5, 1.5}) CHECK_THAT(input(at), !Contains("set arrow") && Contains("title 'at'"));
}

TEST_CASE("steps begin and end at zero") {
  const PictureScript script =
      picture_script(figure_of({{Bins{{0.0, 1.0, 2.0}, {5.0, 7.0}, {}, ""}}}), PictureFormat::png, "x");
  CHECK(numbers(script.data) == std::vector<double>{0, 0, 0, 5, 1, 5, 1, 7, 2, 7, 2, 0});
}

TEST_CASE("an image is all 65536 values, and its scale has the range") {
  Image image{PixelMatrix<double>(undefined), 10.0, 16.0, Palette::viridis, "K [e⁻/DAC]"};
  image.values(1, 2) = 13.0;
  const PictureScript script = picture_script(figure_of({{image}}), PictureFormat::png, "x");
  const std::vector<double> data = numbers(script.data);
  REQUIRE(data.size() == pixel_count);
  CHECK(data[258] == 13.0);
  CHECK_THAT(script.commands, Contains("array=(256,256)") && Contains("set cbrange [10:16]") && Contains("#440154"));
}
