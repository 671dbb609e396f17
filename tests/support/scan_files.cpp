// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scan_files.hpp"

#include <array>
#include <cstdio>

namespace velocal::test {
namespace {

template <class T, class Text>
std::string csv(const PixelMatrix<T>& matrix, std::string_view separator, std::string_view line_end, const Text& text) {
  std::string all;
  for (int row = 0; row < pixel_rows; ++row) {
    for (int column = 0; column < pixel_columns; ++column) {
      all += text(matrix(row, column));
      all += column < pixel_columns - 1 ? separator : line_end;
    }
  }
  return all;
}

}  // namespace

std::string counts_csv(const PixelMatrix<std::uint32_t>& counts, std::string_view line_end) {
  return csv(counts, ",", line_end, [](std::uint32_t count) { return std::to_string(count); });
}

std::string matrix_csv(const PixelMatrix<double>& values, const char* format, std::string_view separator,
                       std::string_view line_end) {
  return csv(values, separator, line_end, [&](double value) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), format, value);
    return std::string(text.data());
  });
}

}  // namespace velocal::test
