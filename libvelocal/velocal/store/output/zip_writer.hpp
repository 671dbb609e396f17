// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "velocal/scan/zip_index.hpp"
#include "velocal/store/output/temporary_file.hpp"

namespace velocal {

/// Writes a zip archive, one file after another, and at the end its index. Archives of more than 4 GiB or 65,534 files
/// get the longer numbers of zip64, which unzip 6 and later reads.
class ZipWriter {
 public:
  /// Keeps the reference.
  explicit ZipWriter(const ByteSink& sink) : sink_(sink) {}

  /// `member`: all but where it begins. `bytes`: as they are to lie there, `member.packed` of them, below 4 GiB.
  void add(ZipMember member, std::span<const char> bytes);
  /// Writes the index. Nothing may follow.
  void finish();

 private:
  void write(std::span<const char> bytes);

  const ByteSink& sink_;
  std::uint64_t size_ = 0;
  std::vector<ZipMember> members_;
};

}  // namespace velocal
