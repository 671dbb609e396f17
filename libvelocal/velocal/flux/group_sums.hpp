// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/core/uncertain.hpp"
#include "velocal/descriptor/fit_settings.hpp"
#include "velocal/scan/acquisition_hits.hpp"

namespace velocal {

/// One number for each PixelGroup, in its order.
using GroupSums = std::array<std::uint64_t, 4>;

/// Number of contributing pixels of each group.
GroupSums group_pixels(const PixelMask& mask, SeparationPattern pattern);

/// Hits of the contributing pixels of each group in one acquisition.
GroupSums group_hits(const AcquisitionHits& hits, SeparationPattern pattern);

/// Mean over the acquisitions of hits/(shutter time * pixels) [hits/s per pixel] with the population standard
/// deviation over the acquisitions as error; NaN +- NaN without acquisitions or pixels.
Uncertain group_flux(std::span<const std::uint64_t> hits, double shutter_s, std::uint64_t pixels);

}  // namespace velocal
