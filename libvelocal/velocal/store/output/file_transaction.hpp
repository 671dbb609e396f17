// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "velocal/store/output/temporary_file.hpp"

namespace velocal {

/// Several files that are one result. All are written completely under temporary names, then renamed one after the
/// other, the file that tells of the others last: it lists them (listing()), and who reads it sees whether they belong
/// to it. What ends before commit() changes nothing and leaves nothing.
class FileTransaction {
 public:
  FileTransaction() = default;
  ~FileTransaction();
  FileTransaction(const FileTransaction&) = delete;
  FileTransaction& operator=(const FileTransaction&) = delete;

  /// Writes a file that commit() puts in place. Any thread may call it. Removes what killed programs have left in the
  /// folder. Throws OutputError.
  void add(const std::filesystem::path& target, std::span<const std::byte> contents);
  void add(const std::filesystem::path& target, std::string_view text);
  /// commit() removes the file, where there is one.
  void remove(const std::filesystem::path& target) { removed_.push_back(target); }
  /// A line `<SHA-256> <name>` of each file added so far, sorted; names as seen from the folder.
  std::string listing(const std::filesystem::path& folder) const;
  /// Puts the files in place, in the order in which they were added. Throws OutputError, and what the hook throws
  /// (core/wait.hpp): then nothing has been put in place.
  void commit();
  /// The first half of commit(): the files are in their places.
  void place();
  /// The second: they are there after a power cut, too. Throws OutputError that says they are there.
  void synchronise();

 private:
  std::mutex mutex_;
  std::vector<TemporaryFile> files_;
  std::vector<std::filesystem::path> removed_;
  std::vector<std::filesystem::path> folders_;  ///< cleaned
  std::vector<std::string> digests_;            ///< of the files
};

/// For what may be written alone: adds the file to the transaction, or, where there is none, replaces it at once.
void write_file(const std::filesystem::path& target, std::string_view text, FileTransaction* files);
void write_file(const std::filesystem::path& target, std::span<const std::byte> contents, FileTransaction* files);

}  // namespace velocal
