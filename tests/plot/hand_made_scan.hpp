// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "calibration/hand_made_fit.hpp"
#include "support/pixel_cube.hpp"
#include "support/reference_analysis.hpp"
#include "velocal/descriptor/dataset.hpp"
#include "velocal/plot/figure/figure.hpp"
#include "velocal/plot/figure/plotted_scan.hpp"

namespace velocal::test {

/// Results that say what a test wrote into them: the model has E0 only, the thresholds are 1500, 1501, 1502.
struct HandMadeScan {
  FluxCube flux = masked_cube(threshold_range(1500, 1502), 10.0);
  ScanFit fit = hand_made_fit(BaselineMode::after);
  Calibration calibration;

  /// After all pixels have been set.
  PlottedScan view() {
    calibration = calibrate(fit, reference_source());
    return {.title = "N037/warm",
            .label = "warm",
            .source = photon_source(reference_source()),
            .flux = &flux,
            .fit = &fit,
            .calibration = &calibration};
  }
};

/// Nine pixels with E0 at 1546...1554 and errors 3, four live ones without; an ASIC at 1550 +- 4.
inline HandMadeScan nine_pixels() {
  HandMadeScan scan;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    set_status(scan.fit, pixel, PixelStatus::cut, StatusReason::masked);
  }
  for (std::size_t i = 0; i < 9; ++i) set_good(scan.fit, i, {1546.0 + static_cast<double>(i), 3.0});
  for (std::size_t i = 9; i < 13; ++i) set_status(scan.fit, i, PixelStatus::bad, StatusReason::goodness_of_fit);
  scan.fit.asic = asic_fit({1550.0, 4.0});
  return scan;
}

/// The layers of one type, in order.
template <class Drawn>
std::vector<Drawn> drawn(const Panel& panel) {
  std::vector<Drawn> found;
  for (const Layer& layer : panel.layers) {
    if (const auto* one = std::get_if<Drawn>(&layer.drawn)) found.push_back(*one);
  }
  return found;
}

/// All lines of its legend.
inline std::vector<std::string> legend_of(const Panel& panel) {
  std::vector<std::string> lines;
  for (const Layer& layer : panel.layers) lines.insert(lines.end(), layer.legend.begin(), layer.legend.end());
  return lines;
}

inline double sum(const std::vector<double>& values) {
  double total = 0.0;
  for (const double value : values) total += value;
  return total;
}

}  // namespace velocal::test
