// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>

namespace velocal::test {

/// A file system in memory that has room for so many bytes, in this folder, while it lives. Only root may mount one;
/// where none can be, a test says "SKIPPED: a small file system cannot be mounted here".
class SmallDisk {
 public:
  SmallDisk(const std::filesystem::path& folder, std::size_t bytes);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool is_there() const { return mounted_; }
  void make_read_only() const;

 private:
  std::filesystem::path folder_;
  bool mounted_ = false;
};

}  // namespace velocal::test
