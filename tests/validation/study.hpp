// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "fit_quality.hpp"

namespace velocal::test {

inline constexpr std::array exposures_s{20.0, 130.0, 260.0};  ///< live time of each threshold
inline constexpr std::array brief_exposures_s{20.0, 260.0};   ///< of a brief run
inline const std::array<std::string, 2> statistics{"poisson", "neyman"};

/// Pixels of `model` fitted with that model.
struct OwnModelFit {
  std::string model;
  double live_time_s;
  std::string statistic;
  FitQuality quality;
};

/// Pixels of F1_0 at the longest exposure, fitted with `model`.
struct OtherModelFit {
  std::string model;
  std::string statistic;
  FitQuality quality;
};

/// Pixels of F1_0 at all exposures, fitted with F1_0, whose expected counts a threshold just below the line lie in
/// [from, to).
struct BrightnessBin {
  double from;
  double to;
  std::string statistic;
  FitQuality quality;
};

struct Study {
  std::size_t pixels;  ///< drawn for each model and exposure
  std::vector<OwnModelFit> own;
  std::vector<OtherModelFit> others;
  std::vector<BrightnessBin> brightness;
};

/// Draws and fits all; says on standard error how far it is.
Study run_study(std::size_t pixels, std::uint64_t seed, std::span<const double> exposures);

}  // namespace velocal::test
