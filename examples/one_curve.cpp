// SPDX-License-Identifier: GPL-3.0-or-later
// Fits one curve of counts against threshold: no pixels, no files. Any number of curves goes the same way.
#include <cstdio>
#include <vector>

#include "velocal/velocal.hpp"

int main() {
  std::vector<double> threshold;  // DAC
  for (int dac = 1500; dac <= 1570; dac += 2) threshold.push_back(dac);
  const std::vector<std::uint32_t> counts{236, 237, 260, 249, 237, 238, 245, 249, 238, 250, 259, 234,
                                          213, 234, 241, 226, 212, 242, 225, 217, 206, 195, 165, 152,
                                          123, 93,  66,  35,  18,  8,   2,   1,   0,   1,   0,   0};
  const std::vector<double> live_time_s(threshold.size(), 262.1);

  const velocal::Curves curves{threshold, velocal::counts_by_curve(counts, threshold.size()), live_time_s};
  const velocal::FluxModel& model = velocal::ModelRegistry::instance().get("F1_0");
  const velocal::CurveFits fits = velocal::fit_curves(curves, model, {.background = 2e-6});

  const bool good = fits.status[0] == velocal::PixelStatus::good;
  std::printf("%s, chi2/ndf %.1f/%d\n", good ? "good" : "not good", fits.chi2[0], fits.ndf[0]);
  for (const velocal::CurveParameter& parameter : fits.parameters) {
    std::printf("%s = %.6g +- %.2g %s\n", parameter.name.c_str(), parameter.value[0], parameter.error[0],
                parameter.unit.c_str());
  }
}
