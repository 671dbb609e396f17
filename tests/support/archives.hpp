// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace velocal::test {

/// What an archive has: a file, or where `link` is not empty a symbolic link to that.
struct ArchiveEntry {
  std::string name;
  std::string text;
  std::string link = {};
};

/// Writes an archive as its name ends: .tar, .tar.gz, .tar.zst or .zip.
void write_archive(const std::filesystem::path& file, const std::vector<ArchiveEntry>& entries);

/// Writes the text compressed as the file's name ends: .gz or .zst.
void write_compressed(const std::filesystem::path& file, const std::string& text);

}  // namespace velocal::test
