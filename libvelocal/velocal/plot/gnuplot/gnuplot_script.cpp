// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/gnuplot/gnuplot_script.hpp"

#include <fmt/format.h>

#include "velocal/plot/gnuplot/gnuplot_panel.hpp"

namespace velocal {
namespace {

/// The scales give text, lines and points one size in all formats. A PNG has two pixels a point. The cairo terminals
/// draw text 4/3 as large as asked for, and on pages lines and points half as large.
std::string terminal(const Figure& figure, PictureFormat format) {
  constexpr auto font = "font 'DejaVu Sans,11'";
  switch (format) {
    case PictureFormat::png:
      return fmt::format("pngcairo noenhanced size {:.0f},{:.0f} {} fontscale 1.5 linewidth 2 pointscale 1.5",
                         2.0 * figure.width, 2.0 * figure.height, font);
    case PictureFormat::pdf:
      return fmt::format("pdfcairo noenhanced size {:.4f}in,{:.4f}in {} fontscale 0.75 linewidth 2 pointscale 1",
                         figure.width / 72.0, figure.height / 72.0, font);
    case PictureFormat::svg:
      return fmt::format("svg noenhanced size {:.0f},{:.0f} {} linewidth 1 background rgb 'white'", figure.width,
                         figure.height, font);
  }
  return {};
}

std::string titles(const Figure& figure) {
  std::string text;
  const auto line = [&](int number, const std::string& words, double below_top, std::string_view font) {
    if (words.empty()) return;
    text += fmt::format("set label {} {} at screen 0.5,{} center font '{}'\n", number, gnuplot_text(words),
                        1.0 - below_top / figure.height, font);
  };
  line(1, figure.title, 14.0, "DejaVu Sans Bold,11");
  line(2, figure.subtitle, 30.0, ",10.5");
  // labels are drawn with a plot only: this one has no axes
  return text + "unset border\nunset tics\nunset key\nset xrange [0:1]\nset yrange [0:1]\nplot NaN\n";
}

}  // namespace

std::string gnuplot_commands(const Figure& figure, PictureFormat format, std::string_view output, GnuplotData& data) {
  std::string text = fmt::format("set encoding utf8\nset terminal {}\n", terminal(figure, format));
  if (!output.empty()) text += fmt::format("set output {}\n", gnuplot_text(output));
  text += "set multiplot\n" + titles(figure);
  for (const Panel& panel : figure.panels) write_gnuplot_panel(panel, text, data);
  return text + "unset multiplot\nunset output\n";
}

}  // namespace velocal
