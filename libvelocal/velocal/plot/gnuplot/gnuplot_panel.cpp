// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/gnuplot/gnuplot_panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "velocal/plot/figure/style.hpp"

namespace velocal {
namespace {

std::string palette_colours(Palette palette) {
  // nine colours evenly spread over each of the two maps
  constexpr std::array<const char*, 9> viridis{"#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c",
                                               "#28ae80", "#5ec962", "#addc30", "#fde725"};
  constexpr std::array<const char*, 9> cividis{"#00224e", "#213b6e", "#4c556c", "#6c6e72", "#7d7c78",
                                               "#9b9377", "#bcae6c", "#decb55", "#fee838"};
  std::string text;
  double at = 0.0;
  for (const char* colour : palette == Palette::viridis ? viridis : cividis) {
    text += fmt::format("{}{} '{}'", at > 0.0 ? ", " : "", at, colour);
    at += 1.0;
  }
  return text;
}

std::string category_colours(const std::vector<Colour>& colours) {
  std::string text;
  for (std::size_t i = 0; i < colours.size(); ++i) text += fmt::format("{}{} '{}'", i ? ", " : "", i, colours[i]);
  return text;
}

/// Texts at ticks, and no others, are formats to gnuplot: one "%" in them changes the text, or ends gnuplot.
std::string tick_text(std::string_view label) {
  std::string text;
  for (const char letter : label) text += letter == '%' ? "%%" : std::string(1, letter);
  return gnuplot_text(text);
}

class PanelWriter {
 public:
  PanelWriter(std::string& text, GnuplotData& data) : text_(text), data_(data) {}

  void write(const Panel& panel) {
    text_ += "reset\n";
    set_frame(panel);
    set_axis("x", panel.x);
    set_axis("y", panel.y);
    set_right_axis(panel.right_axis);
    if (panel.legend_only) text_ += "unset border\nunset xtics\nunset ytics\n";
    set_legend(panel.legend);
    lowest_ = std::min(panel.x.from, panel.x.to);
    highest_ = std::max(panel.x.from, panel.x.to);
    for (const Layer& layer : panel.layers) std::visit([&](const auto& drawn) { prepare(drawn); }, layer.drawn);
    // gnuplot draws no axes for a plot without elements
    elements_ = fmt::format("plot [] [] {} title ''", gnuplot_nothing);
    for (const Layer& layer : panel.layers) add(layer);
    text_ += elements_ + "\n";
    data_.end_of_command(text_);
  }

 private:
  void set_frame(const Panel& panel) {
    text_ += fmt::format("set lmargin at screen {}\nset rmargin at screen {}\n", panel.left, panel.right);
    text_ += fmt::format("set bmargin at screen {}\nset tmargin at screen {}\n", panel.bottom, panel.top);
    if (!panel.title.empty()) text_ += fmt::format("set title {} offset 0,-0.6\n", gnuplot_text(panel.title));
    // bars both of whose ends lie outside are drawn, too
    text_ += "set border 31 linewidth 0.8\nset tics front\nset clip two\n";
  }

  void set_axis(const std::string& name, const Axis& axis) {
    text_ += fmt::format("set {}range [{}:{}]\nset {}label {} offset 0,{}\n", name, gnuplot_number(axis.from),
                         gnuplot_number(axis.to), name, gnuplot_text(axis.label), name == "x" ? "0.3" : "0");
    if (axis.log) text_ += fmt::format("set logscale {}\n", name);
    set_ticks(name, axis);
  }

  void set_ticks(const std::string& name, const Axis& axis) {
    if (!axis.ticks.empty()) {
      std::string list;
      for (const Tick& tick : axis.ticks) {
        list += fmt::format("{}{} {}", list.empty() ? "" : ", ", tick_text(tick.label), gnuplot_number(tick.at));
      }
      text_ += fmt::format("set {}tics ({})\n", name, list);
    } else {
      text_ += fmt::format("set m{}tics{}\nset {}tics format '{}'\n", name, axis.log ? " 10" : "", name,
                           axis.numbered ? "%.7g" : "");
    }
  }

  void set_right_axis(const Axis& axis) {
    if (axis.label.empty()) return;
    text_ += "set ytics nomirror\nset y2tics nomirror\n";
    set_axis("y2", axis);
  }

  void set_legend(LegendPlace place) {
    constexpr auto looks = "Left reverse samplen 1.6 spacing 1.1 font ',10'";
    switch (place) {
      case LegendPlace::top_right: text_ += fmt::format("set key at graph 0.98,0.975 right top {}\n", looks); break;
      case LegendPlace::top_left: text_ += fmt::format("set key at graph 0.02,0.975 left top {}\n", looks); break;
      case LegendPlace::bottom_left: text_ += fmt::format("set key at graph 0.02,0.03 left bottom {}\n", looks); break;
      case LegendPlace::right_of_panel: text_ += fmt::format("set key at graph 1.02,1 left top {}\n", looks); break;
    }
  }

  template <class Drawn>
  void prepare(const Drawn&) {}
  void prepare(const Image& image) {
    grey_background();
    set_scale(image);
  }
  void prepare(const Cells& cells) {
    if (cells.look == Cells::Look::coloured) set_scale(cells);
  }
  /// For what has values as colours.
  template <class Coloured>
  void set_scale(const Coloured& drawn) {
    text_ += fmt::format("set palette defined ({})\nset cbrange [{}:{}]\nset cblabel {} offset 0.5,0\n",
                         palette_colours(drawn.palette), gnuplot_number(drawn.low), gnuplot_number(drawn.high),
                         gnuplot_text(drawn.label));
    text_ += "set cbtics format '%.6g'\n";
  }
  void prepare(const CategoryImage& image) {
    grey_background();
    text_ += fmt::format("set palette maxcolors {} defined ({})\nset cbrange [-0.5:{}]\nunset colorbox\n",
                         image.colours.size(), category_colours(image.colours),
                         static_cast<double>(image.colours.size()) - 0.5);
  }
  void grey_background() {
    text_ += fmt::format(
        "set object 1 rectangle from graph 0,0 to graph 1,1 behind fillcolor rgb '{}' fillstyle solid noborder\n",
        style::light_grey);
  }
  void prepare(const VerticalLine& line) {
    if (line.x < lowest_ || line.x > highest_) return;  // gnuplot would draw it outside of the frame
    text_ += fmt::format("set arrow from first {0}, graph 0 to first {0}, graph {1:.4f} nohead front {2}\n",
                         gnuplot_number(line.x), line.height, gnuplot_stroke(line.stroke));
  }
  void prepare(const Text& text) {
    text_ += fmt::format("set label {} at first {}, first {} {} front font ',10'\n", gnuplot_text(text.text),
                         gnuplot_number(text.x), gnuplot_number(text.y), text.centred ? "center" : "left");
  }

  void add(const Layer& layer) {
    const std::string title = gnuplot_text(layer.legend.empty() ? "" : layer.legend.front());
    std::visit([&](const auto& drawn) { elements_ += gnuplot_elements(drawn, title, data_); }, layer.drawn);
    for (std::size_t line = 1; line < layer.legend.size(); ++line) {
      elements_ += fmt::format(", {} title {}", gnuplot_nothing, gnuplot_text(layer.legend[line]));
    }
  }

  std::string& text_;
  GnuplotData& data_;
  double lowest_ = 0.0, highest_ = 1.0;  ///< ends of the x axis
  std::string elements_;
};

}  // namespace

void write_gnuplot_panel(const Panel& panel, std::string& text, GnuplotData& data) {
  PanelWriter(text, data).write(panel);
}

}  // namespace velocal
