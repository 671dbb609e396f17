// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/core/pixel_matrix.hpp"

namespace velocal {

/// Write 256 lines of 256 numbers with commas between and `\n` after each line; real numbers with 6 decimals.
/// Throw OutputError naming the file and the system's reason.
void write_counts_csv(const std::filesystem::path& file, const PixelMatrix<std::uint32_t>& counts);
void write_mask_csv(const std::filesystem::path& file, const PixelMask& mask);
void write_matrix_csv(const std::filesystem::path& file, const PixelMatrix<double>& values);

}  // namespace velocal
