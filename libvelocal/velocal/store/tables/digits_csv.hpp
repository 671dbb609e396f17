// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <string>

#include "velocal/core/pixel_matrix.hpp"

namespace velocal {

/// Small whole numbers as the equalisation's programs write them: 256 lines of `%d`, with `","` between.
inline std::string digits_csv(const PixelMatrix<std::uint8_t>& matrix) {
  std::string csv;
  for (std::size_t i = 0; i < pixel_count; ++i) {
    fmt::format_to(std::back_inserter(csv), "{}{}", matrix[i], i % pixel_columns == pixel_columns - 1 ? '\n' : ',');
  }
  return csv;
}

}  // namespace velocal
