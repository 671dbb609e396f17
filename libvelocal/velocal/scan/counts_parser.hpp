// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "velocal/core/pixel_matrix.hpp"

namespace velocal {

/// Hits of each pixel in one acquisition.
using PixelCounts = PixelMatrix<std::uint32_t>;

/// Reads one acquisition: 256 lines of 256 comma-separated integers, 0...2^32-1, each line ended by LF or CRLF (also
/// the last one: a file cut off in its last number would pass otherwise). All of `counts` is overwritten.
/// It is slow, and made to say what is wrong with a file; what nearly all files hold is read by faster code.
/// Throws InputError `file:line:column: problem`, line and column from 1; `file` serves the message only.
void parse_counts(std::span<const char> text, const std::filesystem::path& file, PixelCounts& counts);

}  // namespace velocal
