// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace velocal {

/// Reads whole files of a folder into one buffer that is kept from file to file: a scan has 12,100 of them.
class FileReader {
 public:
  /// The folder is opened with the first file, once: the system then need not find its way there for each of them.
  /// Empty: names are paths from the working directory.
  /// Files of more than `largest` bytes are refused. The largest of this program, noise scans, have some 100 MB.
  explicit FileReader(std::filesystem::path folder = {}, std::size_t largest = std::size_t{1} << 30)
      : folder_(std::move(folder)), largest_(largest) {}

  /// Contents of the file (a name in the folder, or an absolute path), valid until the next read. Throws InputError
  /// with the system's reason, and for what is no regular file (a pipe could wait for ever) or too large.
  std::span<const char> read(const std::filesystem::path& name);
  /// The same; empty where there is no such file.
  std::optional<std::span<const char>> read_if_there(const std::filesystem::path& name);

 private:
  class Descriptor;
  std::filesystem::path folder_;
  std::size_t largest_;
  std::shared_ptr<const Descriptor> open_folder_;
  std::vector<char> buffer_;
};

}  // namespace velocal
