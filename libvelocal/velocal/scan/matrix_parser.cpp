// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/matrix_parser.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "velocal/core/error.hpp"

namespace velocal {
namespace {

struct Position {
  const std::filesystem::path& file;
  int line;
  std::size_t column;
};

[[noreturn]] void fail(const Position& at, std::string_view problem) {
  throw InputError(fmt::format("{}:{}:{}: {}", at.file.string(), at.line, at.column, problem),
                   fmt::format("a matrix has {} lines of {} numbers >= 0", pixel_rows, pixel_columns));
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

double number(std::string_view field, const Position& at) {
  const std::string_view text = without_blanks(field);
  double value = 0.0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size() || !std::isfinite(value) || value < 0.0) {
    fail(at, fmt::format("expected a number >= 0, got \"{}\"", text.substr(0, 24)));
  }
  return value;
}

void read_line(std::string_view line, int row, const std::filesystem::path& file, std::vector<double>& values) {
  std::size_t begin = 0;
  for (int column = 0; column < pixel_columns; ++column) {
    if (begin > line.size()) {
      fail({file, row + 1, line.size() + 1}, fmt::format("only {} of {} fields in the line", column, pixel_columns));
    }
    const std::size_t comma = std::min(line.find(',', begin), line.size());
    values.push_back(number(line.substr(begin, comma - begin), {file, row + 1, begin + 1}));
    begin = comma + 1;
  }
  if (begin <= line.size()) {
    fail({file, row + 1, begin}, fmt::format("more than {} fields in the line", pixel_columns));
  }
}

}  // namespace

PixelMatrix<double> parse_matrix_csv(std::span<const char> contents, const std::filesystem::path& file) {
  std::string_view rest(contents.data(), contents.size());
  std::vector<double> values;
  for (int row = 0; row < pixel_rows; ++row) {
    if (rest.empty()) fail({file, row + 1, 1}, fmt::format("only {} of {} lines", row, pixel_rows));
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    read_line(rest.substr(0, end), row, file, values);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (!without_blanks({contents.data(), contents.size()}).ends_with('\n')) {
    throw InputError(fmt::format("{}: the last line has no end", file.string()),
                     "the file was cut, and perhaps its last number with it", "Copy it again, or add the line's end");
  }
  if (rest.find_first_not_of(" \t\r\n") != std::string_view::npos) {
    fail({file, pixel_rows + 1, 1}, fmt::format("more than {} lines", pixel_rows));
  }
  return PixelMatrix(std::move(values));
}

}  // namespace velocal
