// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/scan/noise_baseline.hpp"
#include "velocal/scan/pixel_group.hpp"

namespace velocal {

/// Acquisitions of one threshold by quality.
struct AcquisitionTally {
  std::uint32_t good = 0;
  std::uint32_t bad = 0;
  std::uint32_t empty = 0;
  std::uint32_t rejected = 0;
  bool operator==(const AcquisitionTally&) const = default;
};

/// Flux against threshold; the three vectors have one length. NaN where undefined.
struct FluxCurve {
  std::vector<double> threshold;  ///< DAC
  std::vector<double> flux;       ///< hits/s for a pixel, hits/s per pixel for a group
  std::vector<double> error;      ///< same unit
};

/// Hits of each pixel at each threshold over the good acquisitions of one scan: all that later stages need of it.
/// accumulate_flux() makes it from files, FluxAccumulator from counts in memory.
struct FluxCube {
  std::vector<int> threshold;                  ///< [T] DAC, ascending
  std::vector<std::uint32_t> counts;           ///< [T][256][256]; masked pixels 0
  std::vector<double> live_time_s;             ///< [T]; 0 where no acquisition was good
  std::vector<AcquisitionTally> acquisitions;  ///< [T]
  PixelMask mask;
  bool mask_found = true;                                     ///< false: the scan has no mask file, nothing is masked
  SeparationPattern separation = SeparationPattern::columns;  ///< pattern behind the even and odd curves
  /// Mean over the good acquisitions of hits/(shutter time * contributing pixels) [hits/s per pixel], by PixelGroup;
  /// error = population standard deviation over the acquisitions. NaN at thresholds without a good acquisition.
  std::array<FluxCurve, 4> asic;
  std::optional<NoiseBaseline> baseline;  ///< empty: the descriptor names none
  std::uint32_t counter = 0;  ///< largest count that a pixel's counter holds in an acquisition; 0: no end is known
  /// Variance of a pixel's counts between acquisitions of one threshold, over that of Poisson's (flux/dispersion.hpp);
  /// NaN where it cannot be told, as with a single acquisition a threshold.
  Uncertain dispersion;
  std::string inputs;         ///< list of inputs: a line with name, size and hash of the contents (input_line())
  std::string inputs_sha256;  ///< digest of the list of inputs

  std::size_t threshold_count() const { return threshold.size(); }  ///< T
  /// Hits [256][256] at the threshold of that index, which has to be below T.
  std::span<const std::uint32_t> counts_at(std::size_t threshold_index) const {
    return std::span(counts).subspan(threshold_index * pixel_count, pixel_count);
  }
  const FluxCurve& asic_curve(PixelGroup group) const;  ///< throws UsageError for a group that there is not
};

/// Throws UsageError that names what is missing, unless the cube has a threshold, thresholds of 0...65535 that ascend,
/// counts, live times (finite, >= 0) and tallies for each, a mask of 0 and 1, a known pattern, a point at each
/// threshold in all four ASIC curves (flux and error NaN, or finite and >= 0), and no baseline or a possible one.
void require_whole(const FluxCube& cube);
/// What keeps a cube from being whole, in words; empty when nothing does.
std::string missing_part(const FluxCube& cube);

// These throw UsageError for a cube that is not whole, and for a pixel or threshold that there is not.

/// Flux N/L and its uncertainty sqrt(N)/L of one pixel; NaN at thresholds without live time.
FluxCurve pixel_flux(const FluxCube& cube, std::size_t pixel);

/// Flux of each pixel at one threshold [hits/s]; NaN without live time.
PixelMatrix<double> flux_at(const FluxCube& cube, std::size_t threshold_index);

/// Sum over the thresholds with live time of a pixel's flux [hits/s], errors added in quadrature.
struct TotalFlux {
  PixelMatrix<double> value;
  PixelMatrix<double> error;
};
/// The total flux of each pixel; 0 without live time.
TotalFlux total_flux(const FluxCube& cube);

}  // namespace velocal
