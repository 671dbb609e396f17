// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

namespace velocal {

/// A file of which any part is read.
class ZipFile {
 public:
  /// Throws InputError when it cannot be opened.
  explicit ZipFile(std::filesystem::path path);
  ~ZipFile();
  ZipFile(const ZipFile&) = delete;
  ZipFile& operator=(const ZipFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::uint64_t size() const { return size_; }
  /// Fills `bytes` from this place on. False: the file ends before. Throws InputError when it cannot be read.
  bool read(std::uint64_t place, std::span<char> bytes) const;

 private:
  [[noreturn]] void fail(int reason) const;

  std::filesystem::path path_;
  int descriptor_;
  std::uint64_t size_ = 0;
};

}  // namespace velocal
