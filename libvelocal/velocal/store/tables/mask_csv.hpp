// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/core/pixel_matrix.hpp"

namespace velocal {

class FileTransaction;

/// Writes a mask as the equalisation reads it: 256 lines of 256 numbers 0 or 1. Throws OutputError; the old file is
/// then as it was.
void write_mask(const std::filesystem::path& path, const PixelMask& mask, FileTransaction* files = nullptr);

}  // namespace velocal
