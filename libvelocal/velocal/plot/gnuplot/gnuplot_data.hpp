// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/plot/figure/figure.hpp"

// How what a layer draws looks in gnuplot's language.

namespace velocal {

/// A plot element that draws nothing but has a line in the legend.
inline constexpr auto gnuplot_nothing = "NaN with lines linetype nodraw";

/// Where the data of plot elements go: between the commands, or into a file beside them.
class GnuplotData {
 public:
  explicit GnuplotData(std::string file = {}) : file_(std::move(file)) {}

  /// Takes columns of one length and returns what names them in a plot element, where `using` has to follow.
  std::string columns(const std::vector<std::span<const double>>& columns);
  /// The same for the values of all pixels; complete.
  std::string image(std::span<const double> values);
  /// At the end of a command: data that go between the commands follow here.
  void end_of_command(std::string& text);
  /// The data so far, for the file beside the commands.
  const std::string& bytes() const { return bytes_; }

 private:
  std::string source() const;

  std::string file_;
  std::string bytes_;
};

/// 'text', such that nothing in it means anything to gnuplot; control characters become spaces.
std::string gnuplot_text(std::string_view text);
std::string gnuplot_number(double value);
std::string gnuplot_stroke(const Stroke& stroke);

/// ", <source> with <style> title <title>" for each plot element that a layer takes.
std::string gnuplot_elements(const Points& points, const std::string& title, GnuplotData& data);
std::string gnuplot_elements(const Curve& curve, const std::string& title, GnuplotData& data);
std::string gnuplot_elements(const Bins& bins, const std::string& title, GnuplotData& data);
std::string gnuplot_elements(const Band& band, const std::string& title, GnuplotData& data);
std::string gnuplot_elements(const VerticalLine& line, const std::string& title, GnuplotData& data);
std::string gnuplot_elements(const Image& image, const std::string& title, GnuplotData& data);
std::string gnuplot_elements(const CategoryImage& image, const std::string& title, GnuplotData& data);
std::string gnuplot_elements(const Cells& cells, const std::string& title, GnuplotData& data);
std::string gnuplot_elements(const Text& text, const std::string& title, GnuplotData& data);
std::string gnuplot_elements(const Swatch& swatch, const std::string& title, GnuplotData& data);

}  // namespace velocal
