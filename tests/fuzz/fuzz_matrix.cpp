// SPDX-License-Identifier: GPL-3.0-or-later
// Masks and baselines: what is read is what strtod() makes of the fields, and nothing else is accepted.
#include <cmath>
#include <optional>

#include "fuzz.hpp"
#include "velocal/scan/matrix_parser.hpp"

namespace velocal::fuzz {
namespace {

/// The number of one field with blanks around it.
std::optional<double> plain_number(std::string field) {
  field.erase(0, field.find_first_not_of(" \t\r"));
  field.erase(field.find_last_not_of(" \t\r") + 1);
  if (field.empty() || field.find_first_not_of("0123456789.eE+-") != std::string::npos || field.front() == '+') {
    return std::nullopt;
  }
  char* end = nullptr;
  const double value = std::strtod(field.c_str(), &end);
  if (value == 0.0 && field.find_first_of("123456789") < field.find_first_of("eE")) return std::nullopt;  // too small
  if (*end != '\0' || !std::isfinite(value) || value < 0.0) return std::nullopt;
  return value;
}

/// The line, from 1, where the text is no matrix any more; 0: it is one, of these values.
VELOCAL_PLAIN int plain_bad_line(std::string_view text, const PixelMatrix<double>* values) {
  std::size_t at = 0;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    const int line = static_cast<int>(pixel / pixel_columns) + 1;
    const bool last = pixel % pixel_columns == pixel_columns - 1;
    const std::size_t end = std::min(text.find_first_of(",\n", at), text.size());
    if (end < text.size() ? text[end] != (last ? '\n' : ',') : !last) return line;
    const auto value = plain_number(std::string(text.substr(at, end - at)));
    if (!value) return line;
    require(values == nullptr || *value == (*values)[pixel]);
    at = std::min(end + 1, text.size());
  }
  const std::size_t no_blank = text.find_last_not_of(" \t\r");
  if (no_blank == std::string_view::npos || text[no_blank] != '\n') return pixel_rows + 1;
  return text.find_first_not_of(" \t\r\n", at) == std::string_view::npos ? 0 : pixel_rows + 1;
}

}  // namespace
}  // namespace velocal::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace velocal::fuzz;
  static const std::string line = line_of("0");
  const std::string text = begin_of_file(text_of(data, size), line);
  try {
    const auto matrix = velocal::parse_matrix_csv(text, "mask.csv");
    require(plain_bad_line(text, &matrix) == 0);
  } catch (const velocal::InputError& error) {
    const int bad_line = line_in(error.what());  // 0: the last line has no end, which has no line in its message
    const int plain = plain_bad_line(text, nullptr);
    require(bad_line == 0 ? plain >= velocal::pixel_rows : plain == bad_line);
  }
  return 0;
}
