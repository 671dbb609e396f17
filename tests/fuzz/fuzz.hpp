// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "velocal/core/error.hpp"
#include "velocal/core/pixel_matrix.hpp"

/// What libFuzzer calls with bytes that it has made up.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// Memory that was freed is used again soon: matrices of 512 KiB come and go.
extern "C" inline __attribute__((used)) const char* __asan_default_options() {
  return "quarantine_size_mb=1:malloc_context_size=2:detect_leaks=0:allocator_release_to_os_interval_ms=-1";
}

namespace velocal::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Code that is there to compare with: the fuzzer need not learn its ways.
#define VELOCAL_PLAIN __attribute__((no_sanitize("coverage")))

/// libFuzzer keeps the input and tells of it.
inline void require(bool condition) {
  if (!condition) std::abort();
}

/// One input in a thousand, always the same ones: they are taken to what takes a thousand times as long.
inline bool is_chosen(std::string_view input) {
  return std::hash<std::string_view>{}(input) % 1024 == 0;
}

/// Now and then the input is the begin of a whole file: then as many lines follow as are missing.
inline std::string begin_of_file(std::string_view input, const std::string& line) {
  std::string text(input);
  if (!is_chosen(input)) return text;
  const auto lines = static_cast<int>(std::count(input.begin(), input.end(), '\n'));
  for (int row = lines; row < pixel_rows; ++row) text += line;
  return text;
}

/// The line that a message "file:line:column: problem" names.
inline int line_in(std::string_view message) {
  return std::atoi(std::string(message.substr(message.find(':') + 1)).c_str());
}

/// 256 times the field.
inline std::string line_of(std::string_view field) {
  std::string line(field);
  for (int column = 1; column < pixel_columns; ++column) (line += ',') += field;
  return line + '\n';
}

/// A name for a file that has to be there to be read; TMPDIR is best in memory.
inline std::filesystem::path temporary_file(std::string_view name) {
  static const std::filesystem::path folder = [] {
    std::string made = std::filesystem::temp_directory_path() / "velocal-fuzz-XXXXXX";
    require(mkdtemp(made.data()) != nullptr);
    return made;
  }();
  return folder / name;
}

}  // namespace velocal::fuzz
