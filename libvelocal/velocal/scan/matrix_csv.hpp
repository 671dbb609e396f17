// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <span>

#include "velocal/core/pixel_matrix.hpp"

namespace velocal {

/// Told of a file and its contents when it has been read: a digest is then made of the bytes that are parsed.
using ContentsSeen = std::function<void(const std::filesystem::path& file, std::span<const char> contents)>;

/// Reads a matrix of the equalisation (mask, baseline, width): 256 lines of 256 finite real numbers >= 0, separated by
/// commas, blanks around them and at the end allowed, LF or CRLF.
/// The file is opened once; `seen` may be empty. Throws InputError `file:line:column: problem` when it has another
/// shape or holds anything else.
PixelMatrix<double> read_matrix_csv(const std::filesystem::path& file, const ContentsSeen& seen = {});

}  // namespace velocal
