// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "velocal/core/pixel_matrix.hpp"

// The detector's files as text, written without the library, so that a mistake in it cannot hide itself.

namespace velocal::test {

/// 256 lines of 256 counts.
std::string counts_csv(const PixelMatrix<std::uint32_t>& counts, std::string_view line_end = "\n");

/// 256 lines of 256 numbers, each in printf's `format`.
std::string matrix_csv(const PixelMatrix<double>& values, const char* format = "%.17g",
                       std::string_view separator = ",", std::string_view line_end = "\n");

}  // namespace velocal::test
