// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string_view>
#include <vector>

#include "velocal/flux/flux_cube.hpp"

namespace velocal::test {

/// Thresholds from..to, step 1.
std::vector<int> threshold_range(int from, int to);

/// A whole cube in which every pixel is masked, with one live time at all thresholds; the ASIC's curves are NaN.
FluxCube masked_cube(std::vector<int> thresholds, double live_time_s);

/// Unmasks the pixel and gives it its counts, one a threshold.
void set_pixel(FluxCube& cube, std::size_t pixel, std::span<const std::uint32_t> counts);

/// Expected number of hits of a pixel that follows the model, at each threshold of the cube: live time x flux.
std::vector<double> expected_counts(const FluxCube& cube, std::string_view model,
                                    const std::vector<double>& parameters);

/// The same rounded to whole numbers, or drawn from Poisson distributions of these means.
std::vector<std::uint32_t> rounded(const std::vector<double>& expected);
std::vector<std::uint32_t> drawn(const std::vector<double>& expected, std::mt19937_64& random);

/// Sets the curve of the group `all` to the mean flux of the unmasked pixels, with the Poisson error of that mean.
void set_asic_curve(FluxCube& cube);

}  // namespace velocal::test
