// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/gnuplot/render.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using namespace velocal::test;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

/// Every kind of layer, the empty ones too.
Figure everything() {
  Figure figure{.title = "It's Zürich `ls`", .subtitle = "χ²/ndf"};
  Panel panel{.left = 0.1, .right = 0.8, .bottom = 0.1, .top = 0.8, .title = "panel"};
  panel.layers = {{Image{PixelMatrix<double>(1.0), 0.0, 2.0, Palette::cividis, "K"}},
                  {Points{{0.5}, {0.5}, {0.4}, {0.6}, {0.4}, {0.6}, "#000000", Marker::diamond}, {"points", "more"}},
                  {Points{}, {"none"}},
                  {Curve{{0.0, 1.0}, {0.0, undefined}, {"#ff0000", 2.0, Dash::dashed}}, {"line"}},
                  {Curve{}},
                  {Bins{{0.0, 0.5, 1.0}, {0.3, 0.4}, {}, "#00ff00"}, {"bins"}},
                  {Band{{0.0, 1.0}, {0.1, 0.1}, {0.2, 0.2}, "#0000ff"}, {"band"}},
                  {Band{}},
                  {VerticalLine{0.5, {}}, {"at"}},
                  {Text{0.1, 0.1, "text"}},
                  {Swatch{"#123456"}, {"swatch"}}};
  panel.right_axis = {"right", 0.0, 5.0};
  Panel other{.left = 0.1, .right = 0.8, .bottom = 0.1, .top = 0.8};
  other.layers = {{CategoryImage{PixelMatrix<double>(0.0), {"#111111", "#222222"}}}};
  other.legend = LegendPlace::right_of_panel;
  figure.panels = {panel, other};
  return figure;
}

/// Stands in for the real gnuplot, first on the PATH.
class OtherGnuplot {
 public:
  explicit OtherGnuplot(const std::string& script) : old_(std::getenv("PATH")) {
    if (!script.empty()) {
      write_text(folder_.path() / "gnuplot", script);
      fs::permissions(folder_.path() / "gnuplot", fs::perms::owner_all);
    }
    const std::string path = folder_.path().string() + (script.empty() ? "" : ":" + old_);
    setenv("PATH", path.c_str(), 1);
  }
  ~OtherGnuplot() { setenv("PATH", old_.c_str(), 1); }
  OtherGnuplot(const OtherGnuplot&) = delete;
  OtherGnuplot& operator=(const OtherGnuplot&) = delete;

 private:
  TemporaryFolder folder_;
  std::string old_;
};

bool gnuplot_is_there() {
  return std::system("command -v gnuplot >/dev/null") == 0;
}

}  // namespace

TEST_CASE("every format comes out complete, twice the same") {
  if (!gnuplot_is_there()) {
    WARN("SKIPPED: there is no gnuplot");
    return;
  }
  for (const PictureFormat format : {PictureFormat::png, PictureFormat::pdf, PictureFormat::svg}) {
    const std::string picture = render(everything(), format);
    CAPTURE(format_name(format));
    CHECK(is_complete_picture(picture, format));
    CHECK(picture.size() > 5000);
    if (format != PictureFormat::pdf) CHECK(render(everything(), format) == picture);  // a PDF has its time in it
  }
}

TEST_CASE("neither a text in quotes nor the user's terminal of gnuplot keeps a picture from being drawn") {
  if (!gnuplot_is_there()) {
    WARN("SKIPPED: there is no gnuplot");
    return;
  }
  Figure figure = everything();
  figure.title = figure.subtitle = "'quoted'";
  for (Panel& panel : figure.panels) panel.title = panel.x.label = "'quoted'";
  setenv("GNUTERM", "no-such-terminal", 1);
  const std::string picture = render(figure, PictureFormat::svg);
  unsetenv("GNUTERM");
  CHECK(is_complete_picture(picture, PictureFormat::svg));
}

TEST_CASE("percent signs come out as they are, at ticks and elsewhere") {
  if (!gnuplot_is_there()) {
    WARN("SKIPPED: there is no gnuplot");
    return;
  }
  Figure figure{.title = "title 5%d 5%% 5%", .subtitle = {}};
  Panel panel{.left = 0.3, .right = 0.8, .bottom = 0.3, .top = 0.8, .title = "panel 5%d 5%% 5%"};
  panel.y.ticks = {{0.5, "tick 5%d 5%% 5%"}};
  panel.x.label = "axis 5%d 5%% 5%";
  panel.layers = {{Swatch{"#123456"}, {"legend 5%d 5%% 5%"}}, {Text{0.1, 0.1, "words 5%d 5%% 5%"}}};
  figure.panels = {panel};
  const std::string picture = render(figure, PictureFormat::svg);
  for (const char* place : {"title", "panel", "tick", "axis", "legend", "words"}) {
    CHECK_THAT(picture, Contains(std::string(place) + " 5%d 5%% 5%<"));
  }
}

TEST_CASE("a picture that breaks off is not complete") {
  const std::string png =
      std::string("\x89PNG\r\n\x1a\n", 8) + "data" + std::string("\0\0\0\0IEND\xae\x42\x60\x82", 12);
  CHECK(is_complete_picture(png, PictureFormat::png));
  CHECK_FALSE(is_complete_picture(png.substr(0, png.size() - 1), PictureFormat::png));
  CHECK_FALSE(is_complete_picture(png, PictureFormat::pdf));
  CHECK(is_complete_picture("%PDF-1.5\n...%%EOF\n", PictureFormat::pdf));
  CHECK_FALSE(is_complete_picture("%PDF-1.5\n...", PictureFormat::pdf));
  CHECK(is_complete_picture("<?xml ?><svg></svg>\n\n", PictureFormat::svg));
  CHECK_FALSE(is_complete_picture("<?xml ?><svg>", PictureFormat::svg));
  for (const PictureFormat format : {PictureFormat::png, PictureFormat::pdf, PictureFormat::svg}) {
    CHECK_FALSE(is_complete_picture("", format));
  }
}

TEST_CASE("without gnuplot the message names the package") {
  const OtherGnuplot none("");
  CHECK_THROWS_WITH(render(everything(), PictureFormat::png),
                    "cannot run gnuplot (No such file or directory). Install Debian's gnuplot-nox");
  CHECK_THROWS_AS(render(everything(), PictureFormat::png), OutputError);
}

TEST_CASE("a gnuplot that fails has the last word") {
  const OtherGnuplot failing("#!/bin/sh\necho first >&2; echo '\"stdin\" line 5: no such terminal' >&2\nexit 3\n");
  CHECK_THROWS_WITH(render(everything(), PictureFormat::png),
                    "gnuplot failed (status 3: \"stdin\" line 5: no such terminal)");
}

// It reads nothing, so that the pipe to it breaks with much of the data unsent: no signal may end us.
TEST_CASE("a gnuplot that leaves an incomplete picture and reports success is found out") {
  const OtherGnuplot half("#!/bin/sh\nprintf '\\211PNG'\n");
  CHECK_THROWS_WITH(render(everything(), PictureFormat::png), Contains("gnuplot left an incomplete picture"));
}

TEST_CASE("a gnuplot that is killed is told by its signal") {
  const OtherGnuplot killed("#!/bin/sh\nkill -9 $$\n");
  CHECK_THROWS_WITH(render(everything(), PictureFormat::png), Contains("status 137"));
}

TEST_CASE("a gnuplot with very much to say blocks nobody") {
  const OtherGnuplot talking("#!/bin/sh\nhead -c 3000000 /dev/zero | tr '\\0' 'x' >&2\ncat >/dev/null\nexit 1\n");
  CHECK_THROWS_AS(render(everything(), PictureFormat::png), OutputError);
}
