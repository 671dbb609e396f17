// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "velocal/core/simd_level.hpp"
#include "velocal/scan/small_counts.hpp"

namespace velocal {

/// The loops over an acquisition. Plain C++ for the compiler to vectorise, compiled once for each level with that
/// level's instructions; nothing in it may be shared between levels, so no function of the standard library.
template <SimdLevel level>
struct SmallCountsKernel {
  /// Adds the counts of the first `rows` rows, as far as the text holds as many, to `sum`, modulo 256. Returns how many
  /// it held; `stop` is where the text goes on.
  static int add(const char* text, const char* end, int rows, std::uint8_t* sum, SmallCounts& counts,
                 const char*& stop) {
    return change<false>(text, end, rows, sum, counts, stop);
  }
  static int subtract(const char* text, const char* end, int rows, std::uint8_t* sum, SmallCounts& counts,
                      const char*& stop) {
    return change<true>(text, end, rows, sum, counts, stop);
  }

  static bool move(std::uint8_t* __restrict sum, std::uint32_t* __restrict total) {
    std::uint32_t overflow = 0;
    for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
      const std::uint32_t value = total[pixel] + sum[pixel];
      overflow |= static_cast<std::uint32_t>(value < total[pixel]);
      total[pixel] = value;
      sum[pixel] = 0;
    }
    return overflow == 0;
  }

 private:
  using Line = std::uint8_t[pixel_columns];

  template <bool negative>
  static int change(const char* text, const char* end, int rows, std::uint8_t* sum, SmallCounts& counts,
                    const char*& stop);
  template <int lines, bool negative>
  static std::uint16_t change_one_digit(const char* __restrict text, std::uint8_t* __restrict sum, Line& column,
                                        Line& last);
  static const char* parse_line(const char* line, const char* end, Line& counts, std::uint16_t& largest);
  static std::uint32_t squares_of(const std::uint8_t* __restrict counts) {
    std::uint32_t sum = 0;
    for (int i = 0; i < pixel_columns; ++i) sum += static_cast<std::uint32_t>(counts[i] * counts[i]);
    return sum;
  }
  template <class Sum>
  static void add_line(const std::uint8_t* __restrict counts, Sum* __restrict column) {
    for (int i = 0; i < pixel_columns; ++i) column[i] = static_cast<Sum>(column[i] + counts[i]);
  }
};

/// A digit and the character after it are read as one 16-bit number. Less the number of "0,", that is the value of the
/// digit; anything but a digit and a comma gives more than 9.
inline constexpr std::uint16_t zero_comma = '0' | ',' << 8;
inline constexpr std::uint16_t zero_line_end = '0' | '\n' << 8;
inline constexpr std::uint16_t largest_digit = 9;

/// A line of zeros as such numbers.
struct ZeroLine {
  constexpr ZeroLine() {
    for (std::uint16_t& pair : pairs) pair = zero_comma;
    pairs[pixel_columns - 1] = zero_line_end;
  }
  alignas(64) std::uint16_t pairs[pixel_columns]{};
};
inline constexpr ZeroLine zero_line;

/// Takes lines of one-digit counts. Sets `column` to their sums by column and `last` to the counts of the last line.
/// Returns the largest count: if it is above 9, the lines were others, and what was done to `sum` has to be undone.
template <SimdLevel level>
template <int lines, bool negative>
std::uint16_t SmallCountsKernel<level>::change_one_digit(const char* __restrict text, std::uint8_t* __restrict sum,
                                                         Line& column, Line& last) {
  std::uint16_t largest = 0;
  for (int i = 0; i < pixel_columns; ++i) {
    std::uint8_t of_column = 0;
    for (int line = 0; line < lines; ++line) {
      std::uint16_t pair;
      __builtin_memcpy(&pair, text + 2 * (line * pixel_columns + i), sizeof pair);
      const auto value = static_cast<std::uint16_t>(pair - zero_line.pairs[i]);
      const auto count = static_cast<std::uint8_t>(value);
      largest = value > largest ? value : largest;
      std::uint8_t& pixel = sum[line * pixel_columns + i];
      pixel = static_cast<std::uint8_t>(negative ? pixel - count : pixel + count);
      of_column = static_cast<std::uint8_t>(of_column + count);
      if (line == lines - 1) last[i] = count;
    }
    column[i] = of_column;
  }
  return largest;
}

/// Takes a line of counts of one and two digits. Returns the text after the line, or null when the line is another. The
/// text ends in LF, and LF ends each line: no loop runs past it.
template <SimdLevel level>
const char* SmallCountsKernel<level>::parse_line(const char* line, const char* end, Line& counts,
                                                 std::uint16_t& largest) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  constexpr std::uint64_t four_zeros = zero_comma * std::uint64_t{0x0001'0001'0001'0001};
  constexpr std::uint64_t above_nine = 0xfff0'fff0'fff0'fff0;
  constexpr std::uint64_t six = 0x0006'0006'0006'0006;
  if (largest < largest_digit) largest = largest_digit;  // the counts below that are taken by fours
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
    if (value > largest) largest = static_cast<std::uint16_t>(value);
    counts[column++] = static_cast<std::uint8_t>(value);
  }
  return line;
}

template <int n>
struct Constant {
  constexpr operator int() const { return n; }
};

template <SimdLevel level>
template <bool negative>
int SmallCountsKernel<level>::change(const char* text, const char* end, int rows, std::uint8_t* sum, SmallCounts& small,
                                     const char*& stop) {
  static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
  constexpr Constant<4> together;                      // a verdict on each line would cost more than the parsing
  constexpr int block_rows = pixel_rows / group_rows;  // counts of one digit add up in a byte; the last is one of
                                                       // PixelGroup::rows
  constexpr int line_size = 2 * pixel_columns;
  std::uint16_t* const column_sums = &small.column.front();
  std::uint16_t* const column_of_rows = &small.column_of_rows.front();
  std::uint32_t* const row_squares = &small.row_squares.front();
  __builtin_memset(column_sums, 0, sizeof small.column);
  __builtin_memset(column_of_rows, 0, sizeof small.column_of_rows);
  alignas(64) Line block = {};
  alignas(64) Line column;
  alignas(64) Line last;
  std::uint16_t largest = 0;
  int row = 0;
  const auto one_digit = [&](auto number) {
    constexpr int lines = number;
    if (row % lines != 0 || row + lines > rows || end - stop < lines * line_size) return false;
    std::uint8_t* const sums = sum + row * pixel_columns;
    const std::uint16_t found = change_one_digit<lines, negative>(stop, sums, column, last);
    if (found > largest_digit) {
      change_one_digit<lines, !negative>(stop, sums, column, last);
      return false;
    }
    largest = found > largest ? found : largest;
    add_line(column, block);
    stop += lines * line_size;
    row += lines;
    return true;
  };
  const auto any_digits = [&] {
    const char* const next = parse_line(stop, end, last, largest);
    if (next == nullptr) return false;
    std::uint8_t* const sums = sum + row * pixel_columns;
    for (int i = 0; i < pixel_columns; ++i) {
      sums[i] = static_cast<std::uint8_t>(negative ? sums[i] - last[i] : sums[i] + last[i]);
    }
    add_line(last, column_sums);
    stop = next;
    ++row;
    return true;
  };
  for (stop = text; row < rows && stop != end;) {
    if (!one_digit(together) && !one_digit(Constant<1>{}) && !any_digits()) break;
    if (row % block_rows != 0) continue;
    add_line(last, column_of_rows);
    row_squares[row / block_rows - 1] = squares_of(last);
    add_line(block, column_sums);
    __builtin_memset(block, 0, sizeof block);
  }
  small.largest = static_cast<std::uint8_t>(largest);
  return row;
}

}  // namespace velocal
