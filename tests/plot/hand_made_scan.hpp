// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "calibration/hand_made_fit.hpp"
#include "support/pixel_cube.hpp"
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
    calibration = calibrate(fit, Source{});
    return {.title = "N037/warm", .label = "warm", .flux = &flux, .fit = &fit, .calibration = &calibration};
  }
};

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

}  // namespace velocal::test
