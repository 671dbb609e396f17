// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/uncertain.hpp"

// A picture as data: what is drawn and where, in the numbers drawn. Nothing here knows how it gets onto paper.

namespace velocal {

/// "#rrggbb"
using Colour = std::string;

enum class Dash { solid, dashed, dotted };
struct Stroke {
  Colour colour = "#000000";
  double width = 1.2;  ///< points
  Dash dash = Dash::solid;
};

enum class Marker { circle, square, triangle, diamond, open_circle };

/// Points with error bars from low to high. The vectors have one length; those of the bars may be empty: no bars.
struct Points {
  std::vector<double> x, y;
  std::vector<double> y_low, y_high;
  std::vector<double> x_low, x_high;
  Colour colour = "#000000";
  Marker marker = Marker::circle;
};

/// A line through points; NaN interrupts it.
struct Curve {
  std::vector<double> x, y;
  Stroke stroke;
};

/// Steps: contents[i] between edges[i] and edges[i + 1].
struct Bins {
  std::vector<double> edges;     ///< [n + 1]
  std::vector<double> contents;  ///< [n]
  Stroke outline;
  Colour fill;  ///< "": none
};

/// Area between low and high.
struct Band {
  std::vector<double> x, low, high;
  Colour fill;
};

/// A line from the bottom of the panel to a share of its height.
struct VerticalLine {
  double x;
  Stroke stroke;
  double height = 1.0;
};

enum class Palette { viridis, cividis };

/// The values of all pixels as colours, row 0 at the bottom, with a scale beside the panel. NaN is grey.
struct Image {
  PixelMatrix<double> values;
  double low, high;  ///< ends of the colours; values beyond have the colour of the end
  Palette palette = Palette::viridis;
  std::string label;  ///< of the scale
};

/// The category of each pixel, an index into the colours. NaN is grey.
struct CategoryImage {
  PixelMatrix<double> category;
  std::vector<Colour> colours;
};

/// Rectangles of one size around the points (x, y).
struct Cells {
  enum class Look { coloured, hatched, framed };
  Look look = Look::coloured;
  std::vector<double> x, y;
  double width = 1.0, height = 1.0;
  std::vector<double> value = {};  ///< coloured: of each cell, finite
  double low = 0.0, high = 1.0;    ///< ends of the colours, as of an Image
  Palette palette = Palette::viridis;
  std::string label = {};     ///< of the scale beside the panel
  Colour colour = "#000000";  ///< of hatching and frames
};

/// Words at a place in the panel's coordinates, beginning there or centred on it.
struct Text {
  double x, y;
  std::string text;
  bool centred = false;
};

/// Nothing but a colour beside a line of the legend.
struct Swatch {
  Colour colour;
};

/// What is drawn, with its lines in the legend: the first beside a sample, the others below it. Without lines it is not
/// in the legend.
struct Layer {
  std::variant<Points, Curve, Bins, Band, VerticalLine, Image, CategoryImage, Cells, Text, Swatch> drawn;
  std::vector<std::string> legend = {};
};

struct Tick {
  double at;
  std::string label;
};

struct Axis {
  std::string label;
  double from = 0.0, to = 1.0;
  std::vector<Tick> ticks = {};  ///< empty: at round numbers
  bool numbered = true;          ///< false: ticks without numbers, as the panel below has them
  bool log = false;              ///< logarithmic: both ends > 0
};

enum class LegendPlace { top_right, top_left, bottom_left, right_of_panel };

/// Axes and the layers between them, drawn in this order. The rectangle of the axes is in shares of the figure, from
/// the figure's lower left corner.
struct Panel {
  double left = 0.0, right = 1.0, bottom = 0.0, top = 1.0;
  std::string title = {};
  Axis x = {}, y = {};
  /// Right-hand axis with other numbers for the same heights. Without a label there is none: the ticks mirror those at
  /// the left.
  Axis right_axis = {};
  std::vector<Layer> layers = {};
  LegendPlace legend = LegendPlace::top_right;
  bool legend_only = false;  ///< no axes: the place of a legend that is too long for its panel
};

/// A number that a picture shows in words.
struct ShownNumber {
  std::string name;
  Uncertain value;  ///< error NaN: has none
};

struct Figure {
  double width = 420.0, height = 330.0;  ///< points of 1/72 inch
  std::string title;
  std::string subtitle;  ///< the numbers to take home
  std::vector<Panel> panels = {};
  std::vector<ShownNumber> numbers = {};
};

}  // namespace velocal
