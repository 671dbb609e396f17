// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/simulate/matrix_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <charconv>

#include "velocal/core/error.hpp"
#include "velocal/core/system_failure.hpp"
#include "velocal/core/write_all.hpp"

namespace velocal {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, int error) {
  const std::string problem = fmt::format("cannot write {}", file.string());
  throw_if_exhausted(problem, error);
  throw OutputError(problem, system_reason(error));
}

/// `print(first, last, value)` writes a number and returns its end.
template <class T, class Print>
std::string text_of(const PixelMatrix<T>& matrix, Print print) {
  constexpr std::size_t longest_number = 32;
  std::string text(pixel_count * (longest_number + 1), '\0');
  char* end = text.data();
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) {
    end = print(end, end + longest_number, matrix[pixel]);
    *end++ = (pixel + 1) % pixel_columns == 0 ? '\n' : ',';
  }
  text.resize(static_cast<std::size_t>(end - text.data()));
  return text;
}

char* print_count(char* first, char* last, std::uint32_t count) {
  return std::to_chars(first, last, count).ptr;
}

char* print_real(char* first, char* last, double value) {
  const auto [end, error] = std::to_chars(first, last, value, std::chars_format::fixed, 6);
  assert(error == std::errc{});  // no quantity of a pixel comes near 10^24
  return end;
}

}  // namespace

std::string text_of_counts(const PixelMatrix<std::uint32_t>& counts) {
  return text_of(counts, print_count);
}

std::string text_of_mask(const PixelMask& mask) {
  return text_of(mask, print_count);
}

std::string text_of_values(const PixelMatrix<double>& values) {
  return text_of(values, print_real);
}

void write_drawn_file(const std::filesystem::path& file, std::string_view text) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (descriptor < 0) fail(file, errno);
  int error = write_all(descriptor, text);
  if (::close(descriptor) != 0 && errno != EINTR && error == 0) error = errno;
  if (error == 0) return;
  ::unlink(file.c_str());
  fail(file, error);
}

}  // namespace velocal
