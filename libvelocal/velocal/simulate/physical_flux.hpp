// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "velocal/simulate/charge_shares.hpp"
#include "velocal/simulate/truth.hpp"

namespace velocal {

/// Flux of each pixel at each threshold from first principles, without background: [T][256][256] hits/s, >= 0; 0 where
/// the pixel's R is 0. So many `photons` of each line are drawn with the seed. The truth has to have its `physics`.
/// `threads` <= 0: all; they do not change the numbers.
std::vector<float> physical_flux(const Truth& truth, std::span<const int> threshold, std::uint64_t seed,
                                 int threads = 0, std::uint64_t photons = drawn_photons);

}  // namespace velocal
