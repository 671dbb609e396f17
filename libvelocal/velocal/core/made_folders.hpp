// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "velocal/core/unfinished_files.hpp"

namespace velocal {

/// Makes the folders that are missing on the way to a folder. At the end of its life those are removed again that are
/// still empty: what fails leaves none behind.
class MadeFolders {
 public:
  /// Throws OutputError: `problem`, or that the folder cannot be created, with the system's reason.
  explicit MadeFolders(const std::filesystem::path& folder, const std::string& problem = {});
  ~MadeFolders();
  MadeFolders(MadeFolders&&) = default;
  MadeFolders& operator=(MadeFolders&&) = delete;

 private:
  void remove();

  std::vector<std::filesystem::path> made_;  ///< the outermost first
  std::vector<UnfinishedFile> unfinished_;
};

}  // namespace velocal
