// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "velocal/core/made_folders.hpp"
#include "velocal/core/unfinished_files.hpp"

namespace velocal {

/// While it lives, no other FileGuard of the file exists, in any process or thread, of any user, whatever links lead to
/// the file. The lock is flock() on a hidden file beside the file, `.<file name>.lock`; where the file system has no
/// flock(), a link to such a file, `.<file name>.lock.held`, which only one can make. It goes with the process; a link
/// that a killed one has left is taken over on the same computer.
class FileGuard {
 public:
  /// Waits for the others (core/wait.hpp). Throws OutputError when the file cannot be locked.
  explicit FileGuard(const std::filesystem::path& file);
  /// Does not wait: `holder` says who has the lock when it cannot be had at once; empty: the guard holds it. The hidden
  /// file goes with the guard.
  FileGuard(const std::filesystem::path& file, std::string& holder);
  ~FileGuard();
  /// Throws OutputError when the file could not be locked: to be known before work begins.
  static void require_lockable(const std::filesystem::path& file);
  FileGuard(const FileGuard&) = delete;
  FileGuard& operator=(const FileGuard&) = delete;

 private:
  enum class Outcome { held, taken, unsupported };
  Outcome try_flock();
  Outcome try_link();
  Outcome try_once();
  std::string holder() const;
  void note_holder() const;
  [[noreturn]] void fail(int reason) const;

  std::filesystem::path lock_;  ///< the hidden file
  std::filesystem::path held_;  ///< the link
  MadeFolders made_;
  int descriptor_ = -1;
  bool by_link_ = false;
  std::optional<UnfinishedFile> unfinished_lock_, unfinished_link_;
  bool removes_ = false;  ///< the hidden file goes with the guard
};

}  // namespace velocal
