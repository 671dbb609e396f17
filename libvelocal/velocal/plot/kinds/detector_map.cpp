// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/plot/kinds/detector_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "velocal/core/sample.hpp"
#include "velocal/plot/figure/style.hpp"
#include "velocal/plot/figure/velo_layout.hpp"

namespace velocal {
namespace {

constexpr double sensor_gap = 0.35;  ///< in heights of a chip

double height_of(int sensor, int chip) {
  return sensor * (velo_chips + sensor_gap) + chip;
}

/// What one picture shows.
struct Shown {
  const PlottedDetector& detector;
  std::size_t quantity;
  std::size_t label;
  Range colours = {};

  std::size_t chips() const { return detector.table->chips(); }
  const ChipRow& row(std::size_t chip) const { return detector.table->row(chip, label); }
  double value(std::size_t chip) const { return row(chip).values[quantity].value; }
  bool is_outlier(std::size_t chip) const {
    return detector.is_outlier(quantity, chip * detector.table->labels.size() + label);
  }
};

/// The colours are those of the chips that are no outliers.
Range colours_of(const Shown& shown) {
  std::vector<double> usual, all;
  for (std::size_t chip = 0; chip < shown.chips(); ++chip) {
    const double value = shown.value(chip);
    if (!std::isfinite(value)) continue;
    all.push_back(value);
    if (!shown.is_outlier(chip)) usual.push_back(value);
  }
  return central_range(usual.empty() ? all : usual, 1.0);
}

Axis module_axis(const Shown& shown, VeloSide side) {
  int first = velo_modules, last = -1;
  for (std::size_t chip = 0; chip < shown.chips(); ++chip) {
    const auto place = velo_place(shown.row(chip).asic);
    if (!place || place->side() != side) continue;
    first = std::min(first, place->module);
    last = std::max(last, place->module);
  }
  if (last < 0) first = last = side == VeloSide::a ? 1 : 0;
  constexpr int fewest = 8;  // modules of a side that there is room for: cells of a few would be as wide as the panel
  Axis axis{"Module", first - 1.3, std::max(last, first + 2 * (fewest - 1)) + 1.3};
  for (int module = first; module <= last; module += 2) axis.ticks.push_back({double(module), std::to_string(module)});
  return axis;
}

Axis chip_axis() {
  Axis axis{"", -0.8, height_of(velo_sensors - 1, velo_chips - 1) + 0.8};
  for (int sensor = 0; sensor < velo_sensors; ++sensor) {
    for (int chip = 0; chip < velo_chips; ++chip) {
      axis.ticks.push_back({height_of(sensor, chip), fmt::format("VP{}-{}", sensor, chip)});
    }
  }
  return axis;
}

void add(Cells& cells, const VeloPlace& place) {
  cells.x.push_back(place.module);
  cells.y.push_back(height_of(place.sensor, place.chip));
}

Cells cells_of(Cells::Look look, const Colour& colour) {
  Cells cells;
  cells.look = look;
  cells.width = 1.84;
  cells.height = 0.92;
  cells.colour = colour;
  return cells;
}

Panel side_panel(const Shown& shown, VeloSide side, Palette palette) {
  const ChipQuantity& quantity = chip_quantities[shown.quantity];
  Cells coloured = cells_of(Cells::Look::coloured, style::black);
  Cells hatched = cells_of(Cells::Look::hatched, style::grey);
  Cells framed = cells_of(Cells::Look::framed, style::orange);
  coloured.low = shown.colours.from;
  coloured.high = shown.colours.to;
  coloured.palette = palette;
  coloured.label = style::axis_label(quantity.symbol, quantity.unit);
  for (std::size_t chip = 0; chip < shown.chips(); ++chip) {
    const auto place = velo_place(shown.row(chip).asic);
    if (!place || place->side() != side) continue;
    const bool has_value = std::isfinite(shown.value(chip));
    add(has_value ? coloured : hatched, *place);
    if (has_value) coloured.value.push_back(shown.value(chip));
    if (shown.is_outlier(chip)) add(framed, *place);
  }
  Panel panel;
  panel.title = side == VeloSide::a ? "A side" : "C side";
  panel.x = module_axis(shown, side);
  panel.y = chip_axis();
  panel.layers = {{std::move(coloured)}, {std::move(hatched)}, {std::move(framed)}};
  return panel;
}

/// "624 chips; framed: Module3_VP0-1; hatched: 2 without a value"
std::string subtitle_of(const Shown& shown) {
  constexpr std::size_t most_names = 3;
  std::vector<std::string> outliers;
  std::size_t without = 0, elsewhere = 0;
  for (std::size_t chip = 0; chip < shown.chips(); ++chip) {
    if (shown.is_outlier(chip)) outliers.push_back(shown.row(chip).asic);
    if (!std::isfinite(shown.value(chip))) ++without;
    if (!velo_place(shown.row(chip).asic)) ++elsewhere;
  }
  std::string text = fmt::format("{} chips", shown.chips());
  if (outliers.size() > most_names) text += fmt::format("; framed: {} outliers", outliers.size());
  for (std::size_t i = 0; i < outliers.size() && outliers.size() <= most_names; ++i) {
    text += (i == 0 ? "; framed: " : ", ") + outliers[i];
  }
  if (without > 0) text += fmt::format("; hatched: {} without a value", without);
  if (elsewhere > 0) text += fmt::format("; {} of other names are not shown", elsewhere);
  return text;
}

}  // namespace

Figure detector_map(const PlottedDetector& detector, std::size_t quantity, std::size_t label, Palette palette) {
  Shown shown{detector, quantity, label};
  shown.colours = colours_of(shown);
  const ChipQuantity& what = chip_quantities[quantity];
  Figure figure{.width = 640.0, .height = 500.0, .title = {}, .subtitle = {}};
  figure.title = fmt::format("{}, {}: {}", detector.title, detector.table->labels[label], what.meaning);
  figure.subtitle = subtitle_of(shown);
  int row = 0;
  for (const VeloSide side : {VeloSide::a, VeloSide::c}) {
    Panel panel = side_panel(shown, side, palette);
    style::place(panel, figure, {row++, 0}, {2, 1}, {.left = 56.0, .right = 120.0, .bottom = 38.0});
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

}  // namespace velocal
