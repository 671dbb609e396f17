// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/core/histogram.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/plot/figure/figure.hpp"

// What all pictures have in common: colours (those of Okabe & Ito, told apart with any colour vision), numbers in
// words, and where panels lie.

namespace velocal::style {

inline constexpr auto black = "#000000";
inline constexpr auto grey = "#7f7f7f";
inline constexpr auto light_grey = "#d9d9d9";
inline constexpr auto orange = "#d55e00";
inline constexpr auto blue = "#0072b2";
inline constexpr auto green = "#009e73";
inline constexpr auto purple = "#aa4499";
inline constexpr auto yellow = "#e69f00";
inline constexpr auto sky = "#56b4e9";

/// Colours of the curves in one panel, in this order.
inline constexpr std::array<const char*, 8> curve_colours{black, orange, blue, green, purple, yellow, sky, grey};

/// Orange for a warm scan, blue for a cold one; others by their place.
Colour scan_colour(std::string_view label, std::size_t place = 0);
/// Mixed with white: 0 = as it is, 1 = white.
Colour lighter(const Colour& colour, double share = 0.65);

/// "12.932 ± 0.044": the error has two digits, and the value as many decimals. A value without an error (NaN or 0) has
/// 5 digits. "undefined" for NaN.
std::string measured(Uncertain value);
/// The same with its unit, where there is one.
std::string measured(Uncertain value, std::string_view unit);
/// "42.81 %"; "no pixels" where the whole is 0.
std::string percent(double part, double whole);

/// "K [e⁻/DAC]", "χ²/ndf"
std::string axis_label(std::string_view symbol, std::string_view unit);
/// "pixels / 0.2 e⁻/DAC"
std::string bin_label(double width, std::string_view unit);
/// "e⁻/DAC" for "e-/DAC"
std::string printed_unit(std::string_view unit);

/// An axis with about `most` ticks at round numbers. Where all numbers are small or large, they are told in a power of
/// a thousand, which stands with the unit: "Flux [10⁻³ hits/s]".
Axis round_axis(std::string_view symbol, std::string_view unit, double from, double to, int most = 7);

/// An axis over the pixels 0...255 with ticks at 0, 64, ..., 256.
Axis pixel_axis(std::string label);

/// Margins around each panel of a grid [points].
struct Margins {
  double left = 62.0, right = 16.0, bottom = 44.0, top = 22.0;
};
/// Height that title and subtitle take.
inline constexpr double title_height = 40.0;

/// The rectangle of the panel in a row (from the top) and column of a grid that fills the figure below its titles.
void place(Panel& panel, const Figure& figure, std::array<int, 2> row_column, std::array<int, 2> rows_columns,
           const Margins& margins = {});

/// Makes the y axis, from 0, high enough for `highest` to stay below the panel's legend. Vertical lines end there, too.
void leave_room(Panel& panel, const Figure& figure, double highest);
std::size_t legend_lines(const Panel& panel);
/// Room that a legend of these lines takes [points].
double legend_width(const std::vector<std::string>& lines);
double legend_height(std::size_t lines);

/// The histogram as a layer with that legend.
Layer steps(const Histogram& histogram, const Stroke& outline, const Colour& fill, std::vector<std::string> legend);

}  // namespace velocal::style
