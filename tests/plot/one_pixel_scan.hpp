// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "plot/hand_made_scan.hpp"
#include "support/model_formulas.hpp"

namespace velocal::test {

inline const std::vector<double> drawn_truth{4e-4, 8.0, 4.5, 1549.0};  // f, A, s, E0

inline double expected_flux(double threshold) {
  const std::vector<long double> exact(drawn_truth.begin(), drawn_truth.end());
  return static_cast<double>(formula("F1_0", exact, threshold));
}

/// A scan of F1_0 with one good pixel 300 (row 1, column 44) with no hits at 1560, and no live time at 1540.
inline HandMadeScan one_pixel(const std::string& statistic) {
  HandMadeScan scan;
  scan.flux = masked_cube({1500, 1540, 1550, 1560}, 100.0);
  scan.flux.live_time_s[1] = 0.0;
  set_pixel(scan.flux, 300, std::vector<std::uint32_t>{100, 0, 49, 0});
  scan.fit.settings.model = "F1_0";
  scan.fit.settings.statistic = statistic;
  scan.fit.background = statistic == "poisson" ? 1e-3 : 0.0;
  scan.fit.pixels.parameters.clear();
  const std::vector<std::string> names{"f", "A", "s", "E0"};
  for (std::size_t k = 0; k < names.size(); ++k) {
    scan.fit.pixels.parameters.push_back({names[k], k == 0 ? "" : "DAC"});
    scan.fit.pixels.parameters[k].value[300] = drawn_truth[k];
    scan.fit.pixels.parameters[k].error[300] = 0.1;
  }
  set_status(scan.fit, 300, PixelStatus::good, StatusReason::none);
  scan.fit.pixels.chi2[300] = 3.25;
  scan.fit.pixels.ndf[300] = 117;
  return scan;
}

inline constexpr Pixel drawn_pixel{1, 44};

}  // namespace velocal::test
