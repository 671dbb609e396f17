// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <zlib.h>

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace velocal {

/// A file that gzip has compressed, read piece by piece. By zlib, which compares the checksum of what it unpacks; the
/// filter of libarchive does not.
class GzipFile {
 public:
  explicit GzipFile(const std::filesystem::path& path);

  /// Whether it can be opened and begins as such files do.
  bool is_gzip() const;
  /// The next piece; empty at the end, and where it cannot be read or is damaged.
  std::span<const char> read();
  /// errno of what went wrong, or -1 for damage; 0: nothing. What has been read counts only if all of the file has
  /// been.
  int error() const;
  /// Why it is damaged.
  std::string damage() const;

 private:
  int code() const;

  std::unique_ptr<gzFile_s, int (*)(gzFile)> file_;
  std::vector<char> piece_;
};

}  // namespace velocal
