// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/noise/noise_file_name.hpp"
#include "velocal/scan/matrix_csv.hpp"

namespace velocal {

/// Hits of each pixel while the threshold is swept through its noise, without a source.
struct NoiseScan {
  NoiseSweep sweep;
  std::vector<std::uint16_t> hits;  ///< [points][256][256], in the order of the sweep; summed over the masking patterns
};

/// Adds the hits of one threshold to `sums` [256][256]. A frame has 256 blocks, one a column, of 64 words of three
/// bytes; a word has the counters of four rows. Takes exactly noise_frame_bytes.
void add_noise_frame(std::span<const char> frame, std::span<std::uint16_t> sums);

/// Reads the files of all masking patterns of a scan. `name` is one of them; the others lie beside it. `seen` is told
/// of each and may be empty. `threads` <= 0: all. Throws InputError when a file is missing or of another size.
NoiseScan read_noise_scan(const std::filesystem::path& folder, const NoiseFileName& name, int threads = 0,
                          const ContentsSeen& seen = {});

}  // namespace velocal
