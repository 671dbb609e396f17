// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "velocal/core/pixel_matrix.hpp"

namespace velocal {

/// A matrix as the acquisition writes it: 256 lines of 256 numbers with commas between, `\n` after each line; real
/// numbers with 6 decimals.
std::string text_of_counts(const PixelMatrix<std::uint32_t>& counts);
std::string text_of_mask(const PixelMask& mask);
std::string text_of_values(const PixelMatrix<double>& values);

/// Throws OutputError naming the file and the system's reason. A file that cannot be written whole is removed.
void write_drawn_file(const std::filesystem::path& file, std::string_view text);

}  // namespace velocal
