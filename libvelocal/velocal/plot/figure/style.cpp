// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/figure/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace velocal::style {
namespace {

constexpr double legend_line_height = 14.5;  ///< points

int decimals_for(double error) {
  const int power_of_first_digit = static_cast<int>(std::floor(std::log10(error)));
  return 1 - power_of_first_digit;
}

/// Letters as printed, not bytes.
std::size_t letters(const std::string& text) {
  const auto continues = [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0u) == 0x80u; };  // UTF-8
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues));
}

/// A power of a thousand that an axis is told in.
struct Thousands {
  double scale = 1.0;
  const char* name = "";
};

Thousands thousands_for(double largest) {
  constexpr double small = 0.05, large = 1e5;  ///< within, ticks have five letters at most
  constexpr std::array<Thousands, 4> choices{{{1e-3, "10⁻³"}, {1e-6, "10⁻⁶"}, {1e-9, "10⁻⁹"}, {1e-12, "10⁻¹²"}}};
  if (largest >= large) return largest < 1e3 * large ? Thousands{1e3, "10³"} : Thousands{1e6, "10⁶"};
  if (largest >= small) return {};
  const auto fits = [&](const Thousands& each) { return largest >= small * each.scale; };
  const auto found = std::ranges::find_if(choices, fits);
  return found == choices.end() ? Thousands{} : *found;
}

}  // namespace

Colour scan_colour(std::string_view label, std::size_t place) {
  if (label.find("warm") != std::string_view::npos) return orange;
  if (label.find("cold") != std::string_view::npos) return blue;
  constexpr std::array<const char*, 4> others{green, purple, yellow, sky};
  return others[place % others.size()];
}

Colour lighter(const Colour& colour, double share) {
  Colour mixed = "#";
  for (std::size_t at = 1; at < 7; at += 2) {
    const double part = std::stoi(colour.substr(at, 2), nullptr, 16);
    mixed += fmt::format("{:02x}", static_cast<int>(std::lround(part + (255.0 - part) * share)));
  }
  return mixed;
}

std::string measured(Uncertain value) {
  if (!std::isfinite(value.value)) return "undefined";
  if (!(value.error > 0.0) || !std::isfinite(value.error)) return fmt::format("{:.5g}", value.value);
  const int decimals = decimals_for(value.error);
  if (decimals > 7) return fmt::format("{:.3e} ± {:.1e}", value.value, value.error);
  const int shown = std::max(decimals, 0);
  return fmt::format("{:.{}f} ± {:.{}f}", value.value, shown, value.error, shown);
}

std::string measured(Uncertain value, std::string_view unit) {
  const std::string text = measured(value);
  return unit.empty() || text == "undefined" ? text : text + " " + printed_unit(unit);
}

std::string percent(double part, double whole) {
  return whole > 0.0 ? fmt::format("{:.2f} %", 100.0 * part / whole) : "no pixels";
}

std::string printed_unit(std::string_view unit) {
  std::string text(unit);
  if (const auto at = text.find("e-/"); at != std::string::npos) text.replace(at, 2, "e⁻");
  return text;
}

std::string axis_label(std::string_view symbol, std::string_view unit) {
  return unit.empty() ? std::string(symbol) : fmt::format("{} [{}]", symbol, printed_unit(unit));
}

std::string bin_label(double width, std::string_view unit) {
  return fmt::format("pixels / {:.4g}{}{}", width, unit.empty() ? "" : " ", printed_unit(unit));
}

Axis round_axis(std::string_view symbol, std::string_view unit, double from, double to, int most) {
  const Thousands thousands = thousands_for(std::max(std::abs(from), std::abs(to)));
  std::string whole_unit = thousands.name;
  if (!unit.empty()) whole_unit += (whole_unit.empty() ? "" : " ") + std::string(unit);
  Axis axis{axis_label(symbol, whole_unit), from, to};
  const double step = round_step((to - from) / most);
  for (double i = std::ceil(from / step); i * step <= to; ++i) {
    axis.ticks.push_back({i * step, fmt::format("{:.6g}", i * step / thousands.scale + 0.0)});
  }
  return axis;
}

Axis pixel_axis(std::string label) {
  Axis axis{std::move(label), -0.5, 255.5};
  for (const int at : {0, 64, 128, 192, 256}) axis.ticks.push_back({std::min<double>(at, 255.5), std::to_string(at)});
  return axis;
}

void place(Panel& panel, const Figure& figure, std::array<int, 2> row_column, std::array<int, 2> rows_columns,
           const Margins& margins) {
  const double cell_width = figure.width / rows_columns[1];
  const double cell_height = (figure.height - title_height) / rows_columns[0];
  const double left = cell_width * row_column[1];
  const double top = figure.height - title_height - cell_height * row_column[0];
  panel.left = (left + margins.left) / figure.width;
  panel.right = (left + cell_width - margins.right) / figure.width;
  panel.top = (top - margins.top) / figure.height;
  panel.bottom = (top - cell_height + margins.bottom) / figure.height;
}

void leave_room(Panel& panel, const Figure& figure, double highest) {
  const double height = (panel.top - panel.bottom) * figure.height;
  const double legend = legend_height(legend_lines(panel)) + 4.0;
  const double taken = std::min(0.7, legend / height);
  for (Layer& layer : panel.layers) {
    if (auto* line = std::get_if<VerticalLine>(&layer.drawn)) line->height = 1.0 - taken;
  }
  panel.y.from = 0.0;
  panel.y.to = highest > 0.0 ? highest / (1.0 - taken) : 1.0;
}

std::size_t legend_lines(const Panel& panel) {
  std::size_t lines = 0;
  for (const Layer& layer : panel.layers) lines += layer.legend.size();
  return lines;
}

double legend_width(const std::vector<std::string>& lines) {
  constexpr double sample_width = 44.0, letter_width = 5.9;  // points
  std::size_t longest = 0;
  for (const std::string& line : lines) longest = std::max(longest, letters(line));
  return sample_width + letter_width * static_cast<double>(longest);
}

double legend_height(std::size_t lines) {
  return legend_line_height * static_cast<double>(lines) + 10.0;
}

Layer steps(const Histogram& histogram, const Stroke& outline, const Colour& fill, std::vector<std::string> legend) {
  return {Bins{histogram.edges, histogram.contents, outline, fill}, std::move(legend)};
}

}  // namespace velocal::style
