// SPDX-License-Identifier: GPL-3.0-or-later
// fit_counts FILE THRESHOLDS LIVE_TIME: fits the counts of a file (uint32, curve after curve, thresholds 1480, 1481,
// ...) whenever it gets a line, and writes the seconds that took and the number of good curves: what python_fit.py is
// measured beside.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "velocal/velocal.hpp"

int main(int count, char** arguments) {
  if (count != 4) return 2;
  std::ifstream file(arguments[1], std::ios::binary | std::ios::ate);
  std::vector<std::uint32_t> counts(static_cast<std::size_t>(file.tellg()) / sizeof(std::uint32_t));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(counts.data()),
            static_cast<std::streamsize>(counts.size() * sizeof(std::uint32_t)));
  std::vector<double> threshold;
  for (int i = 0; i < std::stoi(arguments[2]); ++i) threshold.push_back(1480 + i);
  const std::vector<double> live_time_s(threshold.size(), std::stod(arguments[3]));
  const velocal::Curves curves{threshold, velocal::counts_by_curve(counts, threshold.size()), live_time_s};
  const velocal::FluxModel& model = velocal::ModelRegistry::instance().get("F1_0");
  for (std::string line; std::getline(std::cin, line);) {
    const auto start = std::chrono::steady_clock::now();
    const velocal::CurveFits fits = velocal::fit_curves(curves, model);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::cout << seconds.count() << ' ' << std::ranges::count(fits.status, velocal::PixelStatus::good) << std::endl;
  }
}
