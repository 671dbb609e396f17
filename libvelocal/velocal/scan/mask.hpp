// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "velocal/core/pixel_matrix.hpp"
#include "velocal/scan/matrix_csv.hpp"

namespace velocal {

/// Mask of the equalisation: a pixel is masked where the file holds a number > 0. Empty when there is no such file.
/// The file is opened once; `seen` may be empty. Throws InputError (file, line, column) when it is no 256 x 256 matrix.
std::optional<PixelMask> read_mask(const std::filesystem::path& file, const ContentsSeen& seen = {});

/// The mask that such a file holds; `file` is named in messages.
PixelMask parse_mask(std::span<const char> contents, const std::filesystem::path& file);

}  // namespace velocal
