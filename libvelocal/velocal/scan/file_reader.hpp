// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <vector>

namespace velocal {

/// Reads whole files into one buffer that is kept from file to file: a scan has 12,100 of them.
class FileReader {
 public:
  /// Contents of the file, valid until the next read. Throws InputError with the system's reason.
  std::span<const char> read(const std::filesystem::path& file);

 private:
  std::vector<char> buffer_;
};

}  // namespace velocal
