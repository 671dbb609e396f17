// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>

#include "velocal/core/simd_level.hpp"
#include "velocal/scan/small_counts.hpp"

namespace velocal {

/// The loops over an acquisition. Plain C++ for the compiler to vectorise, compiled once for each level with that
/// level's instructions; nothing in it may be shared between levels, so no function of the standard library.
template <SimdLevel level>
struct SmallCountsKernel {
  static bool parse(const char* text, std::size_t size, SmallCounts& counts);
  static void add(const std::uint8_t* __restrict counts, std::uint8_t* __restrict total) {
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      total[pixel] = static_cast<std::uint8_t>(total[pixel] + counts[pixel]);
    }
  }

 private:
  static bool one_digit_line(const char* __restrict line, std::uint8_t* __restrict counts);
  static const char* mixed_line(const char* line, const char* end, std::uint8_t* counts, int& largest);
  static void add_line(const std::uint8_t* __restrict counts, std::uint16_t* __restrict column) {
    for (int i = 0; i < pixel_columns; ++i) column[i] = static_cast<std::uint16_t>(column[i] + counts[i]);
  }
};

/// A digit and what follows it as one 16-bit number: less the number of "0,", it is the digit's value, and all else is
/// above 9.
inline constexpr std::uint16_t zero_comma = '0' | ',' << 8;
inline constexpr std::uint16_t zero_line_end = '0' | '\n' << 8;

/// A line of zeros as such numbers.
struct ZeroLine {
  constexpr ZeroLine() {
    for (std::uint16_t& pair : pairs) pair = zero_comma;
    pairs[pixel_columns - 1] = zero_line_end;
  }
  alignas(64) std::uint16_t pairs[pixel_columns]{};
};
inline constexpr ZeroLine zero_line;

template <SimdLevel level>
bool SmallCountsKernel<level>::one_digit_line(const char* __restrict line, std::uint8_t* __restrict counts) {
  constexpr std::uint16_t up_to_15 = 0xf;
  std::uint16_t bits = 0;
  for (int i = 0; i < pixel_columns; ++i) {
    std::uint16_t pair;
    __builtin_memcpy(&pair, line + 2 * i, sizeof pair);
    const auto value = static_cast<std::uint16_t>(pair - zero_line.pairs[i]);
    const auto above_nine = static_cast<std::uint16_t>(value + 6);  // >= 16
    bits = static_cast<std::uint16_t>(bits | value | above_nine);
    counts[i] = static_cast<std::uint8_t>(value);
  }
  return bits <= up_to_15;
}

/// Returns the text after the line, or null. The text ends in LF, and LF ends each line: no loop runs past it.
template <SimdLevel level>
const char* SmallCountsKernel<level>::mixed_line(const char* line, const char* end, std::uint8_t* counts,
                                                 int& largest) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  constexpr std::uint64_t four_zeros = zero_comma * std::uint64_t{0x0001'0001'0001'0001};
  constexpr std::uint64_t above_nine = 0xfff0'fff0'fff0'fff0;
  constexpr std::uint64_t six = 0x0006'0006'0006'0006;
  for (int column = 0; column < pixel_columns;) {
    std::uint64_t four = 0;
    if (column + 4 < pixel_columns && end - line >= 8) __builtin_memcpy(&four, line, sizeof four);
    four -= four_zeros;
    if (((four | (four + six)) & above_nine) == 0) {
      for (int i = 0; i < 4; ++i) counts[column + i] = static_cast<std::uint8_t>(four >> 16 * i);
      column += 4;
      line += 8;
      continue;
    }
    if (!is_digit(*line)) return nullptr;
    int value = *line++ - '0';
    if (is_digit(*line)) value = 10 * value + (*line++ - '0');
    if (*line++ != (column < pixel_columns - 1 ? ',' : '\n')) return nullptr;
    if (value > largest) largest = value;
    counts[column++] = static_cast<std::uint8_t>(value);
  }
  return line;
}

template <SimdLevel level>
bool SmallCountsKernel<level>::parse(const char* text, std::size_t size, SmallCounts& small) {
  static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
  constexpr int line_size = 2 * pixel_columns;
  if (size == 0 || text[size - 1] != '\n') return false;
  const char* const end = text + size;
  std::uint8_t* counts = small.counts.data();
  std::uint16_t* const column = &small.column.front();
  std::uint16_t* const column_of_rows = &small.column_of_rows.front();
  __builtin_memset(column, 0, sizeof small.column);
  __builtin_memset(column_of_rows, 0, sizeof small.column_of_rows);
  int largest = 9;
  for (int row = 0; row < pixel_rows; ++row, counts += pixel_columns) {
    if (text == end) return false;
    if (end - text >= line_size && one_digit_line(text, counts)) {
      text += line_size;
    } else {
      text = mixed_line(text, end, counts, largest);
      if (text == nullptr) return false;
    }
    add_line(counts, column);
    if (row % 16 == 15) add_line(counts, column_of_rows);
  }
  small.bound = static_cast<std::uint8_t>(largest);
  return text == end;
}

}  // namespace velocal
