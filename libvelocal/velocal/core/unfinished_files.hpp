// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace velocal {

/// While it lives, remove_unfinished_files() removes that file: a lock, or what is not complete; or a folder with the
/// files in it. Of more than 4096 at a time, and of paths beyond 1023 bytes, the rest stays.
class UnfinishedFile {
 public:
  enum class Removal { always, if_empty };  ///< the latter of a folder

  explicit UnfinishedFile(const char* path, Removal removal = Removal::always) noexcept;
  ~UnfinishedFile();
  UnfinishedFile(UnfinishedFile&& other) noexcept;
  UnfinishedFile& operator=(UnfinishedFile&&) = delete;

 private:
  int slot_;  ///< < 0: none
};

/// For an end at once, where no destructor is called: uses no memory, and may be called by a signal handler.
void remove_unfinished_files() noexcept;

/// For a copy of the process: the files are those of the original.
void forget_unfinished_files() noexcept;

}  // namespace velocal
