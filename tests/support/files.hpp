// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace velocal::test {

/// The whole file, byte for byte. Throws std::runtime_error naming the file when it cannot be read.
std::string read_text(const std::filesystem::path& file);

/// Creates or replaces the file, and the folders above it where they are missing.
void write_text(const std::filesystem::path& file, std::string_view text);

/// The first digit but 0 behind a text that is there becomes another; the file keeps its size. Throws
/// std::runtime_error when there is none.
void change_digit(const std::filesystem::path& file, std::string_view behind = {});

/// One of the folder's files whose names begin so; empty: there is none.
std::filesystem::path file_that_begins(std::string_view begin, const std::filesystem::path& folder);

}  // namespace velocal::test
