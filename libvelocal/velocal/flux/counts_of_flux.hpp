// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "velocal/core/pixel_matrix.hpp"

// Fluxes back to the hits that they were made of: a pixel of N hits in the live time L has the flux N/L with the
// uncertainty sqrt(N)/L. Both are needed, because together they tell L and N.

namespace velocal {

/// Fluxes of all pixels at one threshold as files hold them, in hits/s.
struct WrittenFlux {
  PixelMatrix<double> value;
  PixelMatrix<double> error;
  std::filesystem::path file;  ///< of the values, for messages
};

/// How far from a whole number of hits a flux times the live time may be: what nine digits leave of it, and 0.01.
double hits_tolerance(double hits);

/// Number of acquisitions that the fluxes are of: the sum of the fluxes over that of the squared uncertainties is the
/// live time. `wanted` where there is no hit: nothing else tells.
/// Throws InputError when it is not a whole number to 0.001, or is not within 1...`wanted`.
std::uint32_t acquisitions_of(const WrittenFlux& flux, double shutter_s, int wanted);

/// The hits of each pixel. Throws InputError (file and pixel) when they are not whole within hits_tolerance(), do not
/// agree with the square of flux over uncertainty, or exceed 32 bits.
void take_counts(const WrittenFlux& flux, double live_time_s, std::span<std::uint32_t> counts);

}  // namespace velocal
