// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/model_formulas.hpp"
#include "velocal/flux/flux_cube.hpp"

namespace velocal::test {

/// Truth of pixels 0, 1, ... that follow one model. They differ as those of a simulated scan do (datasets/demo.yaml):
/// around typical parameters, amplitudes fall from the centre of the light to a tenth of it, as if the pixels were
/// spread over the whole chip; the share of the shelf scatters by 15 %, widths by 18 % but not below 1 DAC; the line
/// stands 124 +- 7 DAC above a baseline of 1425 +- 4 DAC.
struct Population {
  std::string model;
  std::vector<std::string> names;               ///< of the parameters, in the model's order
  std::vector<std::vector<double>> parameters;  ///< [pixel]
  std::vector<double> target;                   ///< [pixel] DAC: line above the true baseline

  /// What the equalisation says: the true baseline plus an error drawn with the error that is given with it, since
  /// that is what the uncertainty of a target takes the width for.
  NoiseBaseline measured_baseline;

  std::size_t size() const { return parameters.size(); }
  double truth(std::size_t pixel, std::string_view parameter) const;
};

Population draw_population(const TypicalParameters& typical, std::size_t pixels, std::uint64_t seed);

/// A scan of these pixels: thresholds 1480...1600, the same live time at each, a flat background of
/// drawn_background; all other pixels are masked. Drawn by the formulas of the tests, not by the library's.
FluxCube draw_cube(const Population& population, double live_time_s, std::uint64_t seed);

}  // namespace velocal::test
