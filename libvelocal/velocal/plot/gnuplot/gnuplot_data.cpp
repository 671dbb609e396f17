// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/gnuplot/gnuplot_data.hpp"

#include <fmt/format.h>

namespace velocal {
namespace {

void append(std::string& bytes, std::span<const double> values) {
  const auto raw = std::as_bytes(values);
  bytes.append(reinterpret_cast<const char*>(raw.data()), raw.size());
}

int point_type(Marker marker) {
  switch (marker) {
    case Marker::circle: return 7;
    case Marker::square: return 5;
    case Marker::triangle: return 9;
    case Marker::diamond: return 13;
    case Marker::open_circle: return 6;
  }
  return 7;
}

int dash_type(Dash dash) {
  switch (dash) {
    case Dash::solid: return 1;
    case Dash::dashed: return 2;
    case Dash::dotted: return 3;
  }
  return 1;
}

std::string filled(GnuplotData& data, const std::vector<std::span<const double>>& columns, const Colour& fill,
                   const std::string& title, const char* opacity = "solid") {
  return fmt::format(", {} using 1:2:3 with filledcurves fillcolor rgb '{}' fillstyle {} noborder title {}",
                     data.columns(columns), fill, opacity, title);
}

/// Error bars as plain lines: gnuplot's own style for them blanks out a ring around each point.
std::string bars(GnuplotData& data, std::span<const double> x1, std::span<const double> y1, std::span<const double> x2,
                 std::span<const double> y2, const Colour& colour) {
  return fmt::format(", {} using 1:2:($3-$1):($4-$2) with vectors nohead linewidth 0.9 linecolor rgb '{}' title ''",
                     data.columns({x1, y1, x2, y2}), colour);
}

}  // namespace

std::string GnuplotData::source() const {
  return file_.empty() ? "'-' binary" : fmt::format("{} binary skip={}", gnuplot_text(file_), bytes_.size());
}

std::string GnuplotData::columns(const std::vector<std::span<const double>>& columns) {
  const std::size_t rows = columns.front().size();
  std::string formats;
  for (std::size_t i = 0; i < columns.size(); ++i) formats += "%float64";
  const std::string text = fmt::format("{} record=({}) format='{}'", source(), rows, formats);
  for (std::size_t row = 0; row < rows; ++row) {
    for (const auto& column : columns) append(bytes_, column.subspan(row, 1));
  }
  return text;
}

std::string GnuplotData::image(std::span<const double> values) {
  const std::string text =
      fmt::format("{} array=({},{}) format='%float64' using 1", source(), pixel_columns, pixel_rows);
  append(bytes_, values);
  return text;
}

void GnuplotData::end_of_command(std::string& text) {
  if (!file_.empty()) return;
  text += bytes_;
  bytes_.clear();
}

std::string gnuplot_text(std::string_view text) {
  // gnuplot takes ''' at the beginning for an empty text.
  std::string quoted = text.starts_with('\'') ? "' " : "'";
  for (const char letter : text) {
    const bool control = static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
    quoted += control ? ' ' : letter;
    if (letter == '\'') quoted += '\'';
  }
  return quoted + "'";
}

std::string gnuplot_number(double value) {
  return fmt::format("{:.17g}", value);
}

std::string gnuplot_stroke(const Stroke& stroke) {
  return fmt::format("linecolor rgb '{}' linewidth {} dashtype {}", stroke.colour, stroke.width,
                     dash_type(stroke.dash));
}

std::string gnuplot_elements(const Points& points, const std::string& title, GnuplotData& data) {
  const std::string looks = fmt::format("pointtype {} pointsize 0.5 linecolor rgb '{}' title {}",
                                        point_type(points.marker), points.colour, title);
  if (points.x.empty()) return fmt::format(", NaN with points {}", looks);
  std::string text;
  if (!points.y_low.empty()) text += bars(data, points.x, points.y_low, points.x, points.y_high, points.colour);
  if (!points.x_low.empty()) text += bars(data, points.x_low, points.y, points.x_high, points.y, points.colour);
  return text + fmt::format(", {} using 1:2 with points {}", data.columns({points.x, points.y}), looks);
}

std::string gnuplot_elements(const Curve& curve, const std::string& title, GnuplotData& data) {
  const std::string looks = fmt::format("with lines {} title {}", gnuplot_stroke(curve.stroke), title);
  if (curve.x.empty()) return fmt::format(", NaN {}", looks);
  return fmt::format(", {} using 1:2 {}", data.columns({curve.x, curve.y}), looks);
}

std::string gnuplot_elements(const Bins& bins, const std::string& title, GnuplotData& data) {
  std::vector<double> x{bins.edges.front()}, y{0.0};
  for (std::size_t bin = 0; bin < bins.contents.size(); ++bin) {
    x.insert(x.end(), {bins.edges[bin], bins.edges[bin + 1]});
    y.insert(y.end(), 2, bins.contents[bin]);
  }
  x.push_back(bins.edges.back());
  y.push_back(0.0);
  const bool outlined = bins.outline.width > 0.0;
  std::string text;
  if (!bins.fill.empty()) {
    const std::vector<double> zero(x.size(), 0.0);
    text +=
        filled(data, {x, zero, y}, bins.fill, outlined ? "''" : title, outlined ? "transparent solid 0.7" : "solid");
  }
  if (outlined) text += gnuplot_elements(Curve{x, y, bins.outline}, title, data);
  return text;
}

std::string gnuplot_elements(const Band& band, const std::string& title, GnuplotData& data) {
  return band.x.empty() ? "" : filled(data, {band.x, band.low, band.high}, band.fill, title);
}

std::string gnuplot_elements(const VerticalLine& line, const std::string& title, GnuplotData&) {
  return fmt::format(", NaN with lines {} title {}", gnuplot_stroke(line.stroke), title);
}

std::string gnuplot_elements(const Image& image, const std::string&, GnuplotData& data) {
  return fmt::format(", {} with image title ''", data.image(image.values.values()));
}

std::string gnuplot_elements(const CategoryImage& image, const std::string&, GnuplotData& data) {
  return fmt::format(", {} with image title ''", data.image(image.category.values()));
}

std::string gnuplot_elements(const Cells& cells, const std::string& title, GnuplotData& data) {
  if (cells.x.empty()) return {};
  const std::vector<double> half_width(cells.x.size(), cells.width / 2.0);
  const std::vector<double> half_height(cells.x.size(), cells.height / 2.0);
  std::vector<std::span<const double>> columns{cells.x, cells.y, half_width, half_height};
  switch (cells.look) {
    case Cells::Look::coloured:
      columns.emplace_back(cells.value);
      return fmt::format(", {} using 1:2:3:4:5 with boxxyerror fillstyle solid noborder linecolor palette title {}",
                         data.columns(columns), title);
    case Cells::Look::hatched:
      return fmt::format(
          ", {} using 1:2:3:4 with boxxyerror fillstyle pattern 4 border linewidth 0.6 linecolor rgb '{}' title {}",
          data.columns(columns), cells.colour, title);
    case Cells::Look::framed: break;
  }
  return fmt::format(", {} using 1:2:3:4 with boxxyerror fillstyle empty linewidth 2 linecolor rgb '{}' title {}",
                     data.columns(columns), cells.colour, title);
}

std::string gnuplot_elements(const Text&, const std::string&, GnuplotData&) {
  return {};
}

std::string gnuplot_elements(const Swatch& swatch, const std::string& title, GnuplotData&) {
  return fmt::format(", NaN with points pointtype 5 pointsize 1.2 linecolor rgb '{}' title {}", swatch.colour, title);
}

}  // namespace velocal
