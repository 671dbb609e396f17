// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "velocal/core/made_folders.hpp"
#include "velocal/core/unfinished_files.hpp"

namespace velocal {

/// `.velocal-<process>-<random>.tmp`: nobody can guess it, and others see whether its program still runs.
std::string temporary_name();

/// Temporary files in the folder whose programs have ended: they were killed. Programs of other computers count as
/// running. Throws nothing.
std::vector<std::filesystem::path> left_temporaries(const std::filesystem::path& folder);

/// Takes bytes that follow those before.
using ByteSink = std::function<void(std::span<const std::byte>)>;

/// The new contents of a file, complete and on the disk, under a temporary name in the file's folder, which is made
/// where it is missing. A symbolic link is followed. Permissions are those of the file that is to be replaced, or of
/// the umask. Unless it is put in the file's place, nothing of it stays.
class TemporaryFile {
 public:
  /// Throws OutputError (path, the system's reason), and Error of the kind `resource`.
  TemporaryFile(std::filesystem::path target, std::span<const std::byte> contents);
  /// The same of contents that `write` gives, piece by piece. What it throws is passed on.
  TemporaryFile(std::filesystem::path target, const std::function<void(const ByteSink&)>& write);
  ~TemporaryFile();
  TemporaryFile(TemporaryFile&& other) noexcept;
  TemporaryFile& operator=(TemporaryFile&&) = delete;

  const std::filesystem::path& target() const { return target_; }
  /// The folder that it is in.
  const std::filesystem::path& folder() const { return folder_; }
  /// Puts it in the place of the file. Throws OutputError; the file is then as it was.
  void place();

 private:
  std::filesystem::path target_;
  std::filesystem::path file_;    ///< what the target means
  std::filesystem::path folder_;  ///< of that
  MadeFolders made_;
  std::filesystem::path temporary_;  ///< empty: it has been placed
  std::optional<UnfinishedFile> unfinished_;
};

/// A rename outlives a power cut only once the folder is on the disk; not every file system can do that with folders.
/// Throws OutputError that says the file is there.
void synchronise_folder(const std::filesystem::path& folder, const std::filesystem::path& file);

}  // namespace velocal
