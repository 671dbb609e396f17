// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>

#include "velocal/core/pixel_matrix.hpp"

namespace velocal {

/// The matrix that a file of the form of read_matrix_csv() holds. `file` is named in messages. Throws InputError as
/// that does.
PixelMatrix<double> parse_matrix_csv(std::span<const char> contents, const std::filesystem::path& file);

}  // namespace velocal
