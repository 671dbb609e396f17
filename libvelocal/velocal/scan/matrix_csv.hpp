// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "velocal/core/pixel_matrix.hpp"

namespace velocal {

/// Reads a matrix of the equalisation (mask, baseline, width): 256 lines of 256 finite real numbers >= 0, separated by
/// commas, blanks around them and at the end allowed, LF or CRLF.
/// Throws InputError `file:line:column: problem` when it has another shape or holds anything else.
PixelMatrix<double> read_matrix_csv(const std::filesystem::path& file);

}  // namespace velocal
