// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/input_line.hpp"

#include <fmt/format.h>
#if defined(__x86_64__)
#include <xxh_x86dispatch.h>
#else
#include <xxhash.h>
#endif

namespace velocal {

std::string input_line(std::string_view name, std::span<const std::byte> contents) {
  return fmt::format("{} {} {:016x}\n", name, contents.size(), XXH3_64bits(contents.data(), contents.size()));
}

ContentsSeen listed_in(std::string& lines) {
  return [&lines](const std::filesystem::path& file, std::span<const char> contents) {
    lines += input_line(file.filename().string(), std::as_bytes(contents));
  };
}

}  // namespace velocal
