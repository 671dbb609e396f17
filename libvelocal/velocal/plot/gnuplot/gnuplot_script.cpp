// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/gnuplot/gnuplot_script.hpp"

#include <fmt/format.h>

#include <array>

#include "velocal/core/error.hpp"
#include "velocal/plot/gnuplot/gnuplot_data.hpp"

namespace velocal {
namespace {

constexpr std::array<std::string_view, 3> format_names{"png", "pdf", "svg"};

/// The scales make one size of text, lines and points of all formats: a PNG has two pixels a point; text of cairo comes
/// out 4/3 as large as asked for, lines and points on its pages half.
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
  // a label needs a plot around it; this one has no axes
  return text + "unset border\nunset tics\nunset key\nset xrange [0:1]\nset yrange [0:1]\nplot NaN\n";
}

void write_figure(const Figure& figure, std::string& text, GnuplotData& data) {
  text += "set multiplot\n" + titles(figure);
  for (const Panel& panel : figure.panels) write_gnuplot_panel(panel, text, data);
  text += "unset multiplot\nunset output\n";
}

std::string head(const Figure& figure, PictureFormat format) {
  return fmt::format("set encoding utf8\nset terminal {}\n", terminal(figure, format));
}

}  // namespace

std::string_view format_name(PictureFormat format) {
  return format_names[static_cast<std::size_t>(format)];
}

PictureFormat parse_format(std::string_view name) {
  for (std::size_t i = 0; i < format_names.size(); ++i) {
    if (format_names[i] == name) return static_cast<PictureFormat>(i);
  }
  throw UsageError(fmt::format("unknown format \"{}\"", name), "there are png, pdf, svg");
}

std::string gnuplot_input(const Figure& figure, PictureFormat format) {
  std::string text = head(figure, format);
  GnuplotData data;
  write_figure(figure, text, data);
  return text;
}

GnuplotScript gnuplot_script(const Figure& figure, PictureFormat format, std::string_view name) {
  GnuplotScript script;
  script.commands = head(figure, format) +
                    fmt::format("set output {}\n", gnuplot_text(fmt::format("{}.{}", name, format_name(format))));
  GnuplotData data(fmt::format("{}.dat", name));
  write_figure(figure, script.commands, data);
  script.data = data.bytes();
  return script;
}

}  // namespace velocal
